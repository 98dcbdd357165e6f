import { Check } from 'lucide-react'
import { RelativeTime } from '@/components/data/timestamp'
import { Callout } from '@/components/ui/callout'
import { providerNames } from '@/lib/core/provider'
import type { ConnectionPage } from '@/lib/server'
import { acceptPending } from '../actions'
import { ActionButton } from './action-button'
import { viewerReason } from './off-button'
import { ReconnectForm } from './reconnect-form'

/** How a connection ended, what could be proved at the provider, and the way to have it again. */
export function EndedCallout({ connection, refused }: { connection: ConnectionPage; refused: boolean }) {
  const { ended, install, status, provider } = connection
  const receipt = ended?.receipt ?? null
  const unproven = receipt !== null && receipt.revoked !== 'confirmed'
  return (
    <Callout
      kind={unproven ? 'warn' : 'info'}
      title={
        <>
          {refused ? 'Refused' : 'Disconnected'} <RelativeTime at={status.since} />
        </>
      }
      actions={
        refused && install?.state === 'refused' ? (
          <ActionButton
            action={acceptPending}
            fields={{ install: install.id }}
            label="Accept after all"
            icon={<Check aria-hidden="true" />}
            disabledReason={connection.canAct ? null : viewerReason}
          />
        ) : (
          <ReconnectForm connection={connection} variant="primary" />
        )
      }
    >
      <div className="grid gap-1">
        <p>{ended?.reason ? `${ended.reason}. ` : ''}Its tokens are erased here; its history stays.</p>
        {receipt ? (
          <p>
            <span className="font-medium text-ink">
              {
                {
                  confirmed: `${providerNames[provider]} confirmed that the grant is revoked.`,
                  not_confirmed: `${providerNames[provider]} did not confirm that the grant is revoked.`,
                  no_revoke: `${providerNames[provider]} has no revoke: remove the access there.`,
                }[receipt.revoked]
              }
            </span>{' '}
            {receipt.words}
          </p>
        ) : null}
        {unproven && !receipt.words.includes(connection.removeThere) ? <p>{connection.removeThere}</p> : null}
      </div>
    </Callout>
  )
}
