'use client'

import { type FormEvent, useRef, useState } from 'react'
import { postNextAuth } from '@/components/forms/next-auth-request'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { signInFault } from './sign-in-fault'

type Fault = { email?: string; password?: string; form?: string }

/** E-mail and password, checked by next-auth. After success the browser loads `next` afresh. */
export function SignInForm({ next }: { next: string }) {
  const form = useRef<HTMLFormElement>(null)
  const [fault, setFault] = useState<Fault>({})
  const [pending, setPending] = useState(false)

  const show = (found: Fault) => {
    setFault(found)
    setPending(false)
    const wrong = found.email ? 'email' : 'password'
    const field = form.current?.elements.namedItem(wrong)
    if (field instanceof HTMLInputElement) {
      field.focus()
      if (wrong === 'password') field.select()
    }
  }
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    const entered = { email: String(data.get('email')).trim(), password: String(data.get('password')) }
    if (!entered.email.includes('@')) return show({ email: 'Enter your e-mail address.' })
    if (!entered.password) return show({ password: 'Enter your password.' })
    setFault({})
    setPending(true)
    const answer = await postNextAuth('callback/credentials', { ...entered, callbackUrl: next })
    if (answer.kind === 'answer' && answer.ok && answer.error === null) return location.assign(next)
    show({ form: signInFault(answer.kind === 'answer' ? (answer.error ?? 'unknown') : 'no_answer') })
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={send} className="grid gap-4">
      {fault.form ? <Callout kind="error" title={fault.form} announce /> : null}
      <Field name="email" label="E-mail" error={fault.email}>
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
      <Field name="password" label="Password" error={fault.password}>
        {(control) => <Input {...control} type="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Sign in
      </Button>
    </form>
  )
}
