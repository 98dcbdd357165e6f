'use client'

import { type ReactNode, useActionState } from 'react'
import { type ActionState, type FormAction, idle } from '@/components/forms/action-state'
import { showFault } from '@/components/forms/show-fault'
import { SubmitButton } from '@/components/forms/submit-button'
import type { ButtonVariant } from '@/components/ui/button-style'
import { showToast } from '@/components/ui/toast-store'
import { OffButton } from './off-button'

/** A button that runs a server action once and tells how it went; what has to stay stands in the page's own state. */
export function ActionButton({
  action,
  fields,
  label,
  icon,
  variant = 'secondary',
  disabledReason = null,
}: {
  action: FormAction
  fields: Readonly<Record<string, string>>
  label: string
  icon?: ReactNode
  variant?: ButtonVariant
  disabledReason?: string | null
}) {
  const [, send, pending] = useActionState<ActionState, FormData>(async (previous, form) => {
    const next = await action(previous, form)
    if (next.kind === 'failed') showFault(next)
    if (next.kind === 'done' && next.message) showToast(next.message)
    return next
  }, idle)
  if (disabledReason) return <OffButton label={label} icon={icon} reason={disabledReason} />
  return (
    <form
      action={send}
      onSubmit={(event) => {
        if (pending) event.preventDefault()
      }}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant={variant} icon={icon} pending={pending}>
        {label}
      </SubmitButton>
    </form>
  )
}
