import { Ban } from 'lucide-react'
import { OffButton } from '@/app/(dashboard)/connections/[id]/off-button'
import { Timestamp } from '@/components/data/timestamp'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { ApiKeyPage } from '@/lib/server'
import { revokeKeyAction } from '../actions'
import { adminReason } from '../key-words'

/** The end of a key, once its name was typed. */
export function RevokeKey({ apiKey: { id, name, mayManage, lastUsedAt } }: { apiKey: ApiKeyPage }) {
  const icon = <Ban aria-hidden="true" />
  if (!mayManage) return <OffButton label="Revoke" icon={icon} reason={adminReason} />
  return (
    <ConfirmDialog
      label="Revoke"
      icon={icon}
      title={`Revoke ${name}?`}
      confirmLabel="Revoke the key"
      confirmText={name}
      action={revokeKeyAction}
      fields={{ keyId: id }}
    >
      <p>
        Within a second, its program gets no token and no answer any more. This cannot be undone.{' '}
        {lastUsedAt ? (
          <>
            It was last used <Timestamp at={lastUsedAt} />.
          </>
        ) : (
          'It was never used.'
        )}
      </p>
    </ConfirmDialog>
  )
}
