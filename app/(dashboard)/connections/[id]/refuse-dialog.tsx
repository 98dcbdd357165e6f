import type { ReactNode } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { ConnectionPage } from '@/lib/server'
import { refusePending } from '../actions'
import { OffButton, viewerReason } from './off-button'

/** Asks before an install that waits is refused. */
export function RefuseDialog({
  connection,
  installId,
  icon,
}: {
  connection: ConnectionPage
  installId: string
  icon: ReactNode
}) {
  if (!connection.canAct) return <OffButton label="Refuse" icon={icon} reason={viewerReason} />
  return (
    <ConfirmDialog
      label="Refuse"
      icon={icon}
      title={`Refuse the install of ${connection.name}?`}
      confirmLabel="Refuse"
      action={refusePending}
      fields={{ install: installId }}
    >
      <p>
        Its token is erased and was never used. The install stays on record as refused; an admin can accept it
        later. The app remains installed at the provider until somebody there removes it.
      </p>
    </ConfirmDialog>
  )
}
