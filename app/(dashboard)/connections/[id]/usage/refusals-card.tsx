import { DataTable } from '@/components/data/data-table'
import { groupDigits } from '@/components/data/rate-reading'
import { Timestamp } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import type { UsageHistory } from '@/lib/server'
import { periodWords } from './period-words'

/** The newest minutes in which this limit was felt. */
export function RefusalsCard({ history }: { history: UsageHistory }) {
  const { refusals, period } = history
  return (
    <Card
      id="refusals"
      title="429s"
      description={`The newest minutes ${periodWords[period]} in which the provider answered 429, or Patchbay held a call back in its place.`}
      flush={refusals.length > 0}
    >
      {refusals.length === 0 ? (
        <p className="text-ink-muted">None.</p>
      ) : (
        <DataTable
          bare
          caption="Minutes with 429s, the newest first"
          rows={refusals}
          rowKey={(row) => row.minute.toISOString()}
          columns={[
            { key: 'minute', head: 'Minute', cell: (row) => <Timestamp at={row.minute} /> },
            {
              key: 'limited',
              head: 'By the provider',
              numeric: true,
              cell: (row) => groupDigits(row.limited),
            },
            { key: 'held', head: 'Held by Patchbay', numeric: true, cell: (row) => groupDigits(row.held) },
            {
              key: 'routes',
              head: 'Routes',
              hideBelow: 'lg',
              className: 'max-sm:hidden',
              cell: (row) => <span className="break-all font-mono">{routeWords(row.routes)}</span>,
            },
          ]}
        />
      )}
    </Card>
  )
}

function routeWords(routes: readonly string[]): string {
  const more = routes.length - 2
  return `${routes.slice(0, 2).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
