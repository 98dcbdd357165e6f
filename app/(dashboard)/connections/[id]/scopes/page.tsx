import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ScopeGroups } from '@/components/data/scope-groups'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { connectionScopes, deps, pageActor, scopeUse } from '@/lib/server'
import { type ConnectionParams, connectionTitle, readConnection } from '../read-connection'
import { ReconnectForm } from '../reconnect-form'
import { ScopeUseCard } from './scope-use-card'

export function generateMetadata(props: ConnectionParams): Promise<Metadata> {
  return connectionTitle(props, 'Scopes')
}

export default async function ScopesPage({ params }: ConnectionParams) {
  const connection = await readConnection((await params).id)
  const actor = await pageActor()
  const [scopes, use] = await Promise.all([
    connectionScopes(deps(), actor, connection.id),
    scopeUse(deps(), actor, connection.id),
  ])
  if (!scopes) notFound()
  const { groups, hint, note } = scopes
  return (
    <>
      {groups.missing.length > 0 ? (
        <Callout kind="warn" title={`${groups.missing.length} of the requested scopes are missing`}>
          {hint}
        </Callout>
      ) : null}
      <Card title="Scopes" description={note ?? undefined}>
        <ScopeGroups
          groups={groups}
          missingAction={<ReconnectForm connection={connection} label="Reconnect to grant" />}
        />
      </Card>
      {use ? <ScopeUseCard use={use} connection={connection} /> : null}
    </>
  )
}
