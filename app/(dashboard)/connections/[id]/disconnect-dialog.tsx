import { Unplug } from 'lucide-react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { providerNames } from '@/lib/core/provider'
import type { ConnectionPage } from '@/lib/server'
import { disconnect } from '../actions'
import { OffButton, viewerReason } from './off-button'

/** Asks before a connection is ended, with what that means; the receipt then stands on the page. */
export function DisconnectDialog({ connection }: { connection: ConnectionPage }) {
  const { id, name, canAct } = connection
  const provider = providerNames[connection.provider]
  const icon = <Unplug aria-hidden="true" />
  if (!canAct) return <OffButton label="Disconnect" icon={icon} reason={viewerReason} />
  return (
    <ConfirmDialog
      label="Disconnect"
      icon={icon}
      title={`Disconnect ${name}?`}
      confirmText={name}
      confirmLabel="Disconnect"
      action={disconnect}
      fields={{ connection: id }}
    >
      <p>
        One connection ends: its tokens are revoked at {provider} where {provider} allows it, and erased here
        in any case. Programs that use it get no token any more.
      </p>
      <p>{connection.removeThere}</p>
      <p>Its history stays, and the account can be connected again by a person.</p>
    </ConfirmDialog>
  )
}
