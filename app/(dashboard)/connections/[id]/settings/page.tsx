import type { Metadata } from 'next'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import type { ConnectionPage } from '@/lib/server'
import { DisconnectDialog } from '../disconnect-dialog'
import { viewerReason } from '../off-button'
import { type ConnectionParams, connectionTitle, readConnection } from '../read-connection'
import { RenameForm } from './rename-form'
import { SsoForm } from './sso-form'

export function generateMetadata(props: ConnectionParams): Promise<Metadata> {
  return connectionTitle(props, 'Settings')
}

export default async function SettingsPage({ params }: ConnectionParams) {
  const connection = await readConnection((await params).id)
  const disabledReason = connection.canAct ? null : viewerReason
  return (
    <>
      <Card title="Name" description="Shown in place of the account’s own name, here and in lists.">
        <RenameForm
          id={connection.id}
          label={connection.label ?? ''}
          accountName={connection.account.name}
          disabledReason={disabledReason}
        />
      </Card>
      {connection.sso ? (
        <Card
          title="Open in Outstand"
          description="Signs an admin in to Outstand as this account. It is the one way by which a token passes through a browser, and each use stands in the history."
        >
          <SsoForm id={connection.id} enabled={connection.sso.enabled} disabledReason={disabledReason} />
        </Card>
      ) : null}
      <Card id="disconnect" title="Disconnect" className="target:border-danger">
        <Ending connection={connection} />
      </Card>
    </>
  )
}

function Ending({ connection }: { connection: ConnectionPage }) {
  if (connection.ended) return <p className="text-ink-muted">It has ended. What was proved stands above.</p>
  if (connection.pending) {
    return <p className="text-ink-muted">It waits to be accepted or refused; the choice stands above.</p>
  }
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-ink-muted">
        Revokes the tokens at {providerNames[connection.provider]} where that is possible, and erases them
        here. {connection.removeThere}
      </p>
      <DisconnectDialog connection={connection} />
    </div>
  )
}
