'use client'

import { type FormEvent, useRef, useState } from 'react'
import { type ActionState, fieldError, idle } from '@/components/forms/action-state'
import { postNextAuth } from '@/components/forms/next-auth-request'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { createOwner } from './actions'

const fields = ['name', 'email', 'password', 'passwordAgain'] as const

/** Makes the first owner, signs them in at once and opens the overview. */
export function WelcomeForm({ passwordLengthMin }: { passwordLengthMin: number }) {
  const form = useRef<HTMLFormElement>(null)
  const [state, setState] = useState<ActionState>(idle)
  const [pending, setPending] = useState(false)

  const show = (next: ActionState) => {
    setState(next)
    setPending(false)
    const wrong = fields.find((name) => fieldError(next, name))
    const field = wrong && form.current?.elements.namedItem(wrong)
    if (field instanceof HTMLInputElement) field.focus()
  }
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    setPending(true)
    const next = await createOwner(data).catch(() => unreachable)
    if (next.kind === 'failed') return show(next)
    const credentials = { email: String(data.get('email')).trim(), password: String(data.get('password')) }
    const signedIn = await postNextAuth('callback/credentials', { ...credentials, callbackUrl: '/' })
    location.assign(signedIn.kind === 'answer' && signedIn.ok ? '/' : '/sign-in')
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={send} className="grid gap-4">
      {state.kind === 'failed' ? <Callout kind="error" title={state.message} announce /> : null}
      <Field name="name" label="Your name" error={fieldError(state, 'name')}>
        {(control) => <Input {...control} autoComplete="name" required />}
      </Field>
      <Field name="email" label="E-mail" hint="You sign in with it." error={fieldError(state, 'email')}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            required
          />
        )}
      </Field>
      <Field
        name="password"
        label="Password"
        hint={`At least ${passwordLengthMin} characters. A sentence of a few words is good.`}
        error={fieldError(state, 'password')}
      >
        {(control) => <Input {...control} type="password" autoComplete="new-password" required />}
      </Field>
      <Field name="passwordAgain" label="Password again" error={fieldError(state, 'passwordAgain')}>
        {(control) => <Input {...control} type="password" autoComplete="new-password" required />}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Create the owner’s account
      </Button>
    </form>
  )
}

const unreachable: ActionState = {
  kind: 'failed',
  message: 'Patchbay did not answer. Check your connection and try again.',
  fields: {},
}
