'use client'

import { type ReactNode, useActionState, useId, useState } from 'react'
import { CopyButton } from '../data/copy-button'
import { type FormAction, idle } from '../forms/action-state'
import { FaultCallout } from '../forms/fault-callout'
import { SubmitButton } from '../forms/submit-button'
import { Button } from './button'
import type { ButtonSize, ButtonVariant } from './button-style'
import { Dialog } from './dialog'
import { Input } from './input'
import { showToast } from './toast-store'

/**
 * A button that asks before something final. The dialog names the thing and the consequence (`children`, with counts), and the final button
 * works once `confirmText` has been typed. Cancel has the first focus; focus returns to the button. A fault stays in the dialog.
 */
export function ConfirmDialog({
  label,
  icon,
  variant = 'danger-quiet',
  size,
  title,
  children,
  confirmText,
  confirmLabel,
  action,
  fields = {},
  disabledReason,
}: {
  /** Words of the button that opens the dialog. */
  label: string
  icon?: ReactNode
  variant?: ButtonVariant
  size?: ButtonSize
  title: string
  children: ReactNode
  /** What must be typed, the thing's name as a rule; without it no typing is asked for. */
  confirmText?: string
  confirmLabel: string
  action: FormAction
  fields?: Readonly<Record<string, string>>
  /** Keeps the button visible, switched off and explained. */
  disabledReason?: string | null
}) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [state, send, pending] = useActionState<Awaited<ReturnType<FormAction>>, FormData>(
    async (previous, form) => {
      const next = await action(previous, form)
      if (next.kind === 'done') {
        setOpen(false)
        if (next.message) showToast(next.message)
      }
      return next
    },
    idle,
  )
  const ready = confirmText === undefined || typed.trim() === confirmText.trim()

  return (
    <>
      <Button
        variant={variant}
        size={size}
        icon={icon}
        aria-disabled={disabledReason ? true : undefined}
        aria-describedby={disabledReason ? `${id}-why` : undefined}
        onClick={() => {
          if (disabledReason) return
          setTyped('')
          setOpen(true)
        }}
      >
        {label}
      </Button>
      {disabledReason ? (
        <span id={`${id}-why`} className="text-ink-muted text-sm">
          {disabledReason}
        </span>
      ) : null}
      <Dialog open={open} onClose={() => setOpen(false)} title={title} role="alertdialog">
        <form
          action={send}
          className="grid gap-4"
          onSubmit={(event) => {
            if (pending || !ready) event.preventDefault()
          }}
        >
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div className="grid gap-2 text-ink-muted">{children}</div>
          <FaultCallout state={state} />
          {confirmText === undefined ? null : (
            <div className="grid gap-1.5">
              <label htmlFor={`${id}-typed`} className="flex flex-wrap items-center gap-x-1">
                Type <strong className="break-all font-semibold">{confirmText}</strong>
                <CopyButton text={confirmText} label="name" className="-my-1" /> to confirm
              </label>
              <Input
                id={`${id}-typed`}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
              />
            </div>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <Button data-first-focus onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <SubmitButton variant="danger" disabled={!ready}>
              {confirmLabel}
            </SubmitButton>
          </div>
        </form>
      </Dialog>
    </>
  )
}
