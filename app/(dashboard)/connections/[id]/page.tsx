import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connectionToken, deps, pageActor } from '@/lib/server'
import { DevelopmentNote } from './development-note'
import { GrantCard } from './grant-card'
import { LastRotations } from './last-rotations'
import { type ConnectionParams, connectionTitle, readConnection } from './read-connection'
import { TokenCards } from './token-cards'

export function generateMetadata(props: ConnectionParams): Promise<Metadata> {
  return connectionTitle(props, 'Token')
}

export default async function TokenPage({ params }: ConnectionParams) {
  const connection = await readConnection((await params).id)
  const token = await connectionToken(deps(), await pageActor(), connection.id)
  if (!token) notFound()
  return (
    <>
      {token.development && !connection.ended ? (
        <DevelopmentNote development={token.development} app={connection.app} />
      ) : null}
      <TokenCards connection={connection} token={token} />
      <GrantCard connection={connection} token={token} />
      <LastRotations id={connection.id} rotations={token.rotations} />
    </>
  )
}
