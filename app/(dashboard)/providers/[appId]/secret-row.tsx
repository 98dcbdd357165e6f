import { CircleCheck, CircleDashed } from 'lucide-react'
import type { ReactNode } from 'react'
import { RelativeTime } from '@/components/data/timestamp'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { SecretState } from '@/lib/server'
import { eraseSecretAction, replaceSecretAction } from '../actions'
import { SecretForm } from './secret-form'

/** One secret: whether it is set and since when, and its replacement; never the value. */
export function SecretRow({
  appId,
  field,
  label,
  words,
  secret,
  mayEdit,
  erasable = false,
}: {
  appId: string
  field: string
  label: string
  words: string
  secret: SecretState
  mayEdit: boolean
  erasable?: boolean
}) {
  return (
    <SecretLine label={label} words={words} secret={secret}>
      {mayEdit ? (
        <>
          <SecretForm
            action={replaceSecretAction}
            appId={appId}
            field={field}
            label={label}
            isSet={secret.isSet}
          />
          {erasable && secret.isSet ? (
            <ConfirmDialog
              label="Erase"
              size="sm"
              title={`Erase the ${label.toLowerCase()}?`}
              confirmLabel="Erase"
              action={eraseSecretAction}
              fields={{ appId, field }}
            >
              It cannot be shown or brought back. Enter a new one when you need it again.
            </ConfirmDialog>
          ) : null}
        </>
      ) : null}
    </SecretLine>
  )
}

export function SecretLine({
  label,
  words,
  secret,
  children,
}: {
  label: string
  words: string
  secret: SecretState
  children?: ReactNode
}) {
  const Icon = secret.isSet ? CircleCheck : CircleDashed
  return (
    <div className="grid gap-2">
      <div>
        <p className="font-medium">{label}</p>
        <p className="text-ink-muted text-sm">{words}</p>
      </div>
      <p className="flex flex-wrap items-center gap-1.5">
        <Icon aria-hidden="true" className={secret.isSet ? 'size-4 text-ok' : 'size-4 text-ink-faint'} />
        <span>
          {secret.isSet ? 'Set' : 'Not set'}
          {secret.replacedAt ? (
            <span className="text-ink-muted">
              , replaced <RelativeTime at={secret.replacedAt} />
            </span>
          ) : null}
        </span>
      </p>
      {children ? <div className="flex flex-wrap items-start gap-2">{children}</div> : null}
    </div>
  )
}
