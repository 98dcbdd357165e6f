import type { Metadata } from 'next'
import { Card } from '@/components/ui/card'
import { deps, pageActor, readyCalls } from '@/lib/server'
import { type ConnectionParams, connectionTitle, readConnection } from '../read-connection'
import { TryForm } from './try-form'
import { whyNotTry } from './why-not-try'

export function generateMetadata(props: ConnectionParams): Promise<Metadata> {
  return connectionTitle(props, 'Try a call')
}

/** A GET of the provider's API as a program would make it. */
export default async function TryPage({ params }: ConnectionParams) {
  const connection = await readConnection((await params).id)
  const ready = readyCalls(deps(), await pageActor(), connection)
  return (
    <Card
      title="Try a call"
      description="A GET of the provider’s API with this connection’s token, the way programs call it. It is counted like theirs. Secrets, addresses and phone numbers in the answer are left out."
    >
      <TryForm id={connection.id} ready={ready} disabledReason={whyNotTry(connection)} />
    </Card>
  )
}
