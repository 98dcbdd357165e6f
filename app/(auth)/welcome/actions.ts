'use server'

import { cookies } from 'next/headers'
import { runVisitorAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { Secret } from '@/lib/core/secret'
import { createFirstOwner, deps, newPersonSchema, setupCookieName } from '@/lib/server'

const passwordsDiffer = 'The two passwords are not the same.'

/** Makes the first owner, for whoever opened the one-time link in this browser. */
export async function createOwner(form: FormData): Promise<ActionState> {
  return runVisitorAction(async () => {
    const parsed = newPersonSchema
      .refine(({ password }) => password.reveal() === form.get('passwordAgain'), {
        path: ['passwordAgain'],
        error: passwordsDiffer,
      })
      .parse(Object.fromEntries(form))
    const jar = await cookies()
    const name = setupCookieName(deps().config)
    await createFirstOwner(deps(), parsed, Secret.of(jar.get(name)?.value ?? ''))
    jar.delete({ name, path: '/', secure: deps().config.cookieSecure })
    return null
  })
}
