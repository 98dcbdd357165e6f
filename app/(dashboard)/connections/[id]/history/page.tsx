import { History } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/data/empty-state'
import { Pager } from '@/components/data/pager'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { connectionHistory, deps, pageActor, rotationFigures } from '@/lib/server'
import { type ConnectionParams, connectionTitle, readConnection } from '../read-connection'
import { HistoryList } from './history-list'
import { RotationFiguresList } from './rotation-figures'

export function generateMetadata(props: ConnectionParams): Promise<Metadata> {
  return connectionTitle(props, 'History')
}

type Props = ConnectionParams & { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function HistoryPage({ params, searchParams }: Props) {
  const connection = await readConnection((await params).id)
  const { after } = await searchParams
  const actor = await pageActor()
  const [history, figures] = await Promise.all([
    connectionHistory(deps(), actor, connection.id, typeof after === 'string' ? after : null),
    rotationFigures(deps(), actor, connection.id),
  ])
  const here = `/connections/${connection.id}/history`
  return (
    <>
      {history.first ? <RotationFiguresList figures={figures} /> : null}
      <Card
        title="History"
        description="Token calls and what people and providers did, the newest first."
        flush
      >
        {history.rows.length > 0 ? (
          <HistoryList rows={history.rows} />
        ) : (
          <EmptyState
            icon={<History />}
            title={history.first ? 'Nothing has happened yet' : 'Nothing is older'}
            action={history.first ? null : <ButtonLink href={here}>The newest</ButtonLink>}
          />
        )}
      </Card>
      {history.first && !history.next ? null : (
        <Pager
          label="Pages of the history"
          previousHref={history.first ? null : here}
          nextHref={history.next && `${here}?after=${history.next}`}
          summary={history.first ? 'The newest' : 'Older; Previous goes to the newest'}
        />
      )}
    </>
  )
}
