'use client'

import { useRouter } from 'next/navigation'
import type { Command } from './command'
import { showPalette } from './palette-store'

/** Closes the palette and does what the command says. */
export function useCommandRunner(): (command: Command) => void {
  const router = useRouter()
  return ({ run }) => {
    if (run.kind !== 'call') showPalette(null)
    switch (run.kind) {
      case 'go':
        return router.push(run.href)
      case 'call':
        return run.call()
      case 'post':
        return postForm(run.action, run.fields)
    }
  }
}

/** Route handlers that answer with a redirect to a provider want a real form (their CSRF check reads how it was sent). */
function postForm(action: string, fields: Readonly<Record<string, string>>): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = action
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = name
    field.value = value
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}
