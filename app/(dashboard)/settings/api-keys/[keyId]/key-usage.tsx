import { type Column, DataTable } from '@/components/data/data-table'
import { EmptyState } from '@/components/data/empty-state'
import { groupDigits } from '@/components/data/rate-reading'
import { Timestamp } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import type { ApiKeyPage } from '@/lib/server'

type UsageRow = ApiKeyPage['usage']['rows'][number]
type ReadRow = ApiKeyPage['lastReads'][number]

const usageHref = ({ connection }: { connection: { id: string } }) => `/connections/${connection.id}/usage`

const usageColumns: readonly Column<UsageRow>[] = [
  { key: 'name', head: 'Connection', cell: ({ connection }) => connection.name },
  { key: 'reads', head: 'Token reads', numeric: true, cell: ({ tokenReads }) => groupDigits(tokenReads) },
  { key: 'calls', head: 'Calls', numeric: true, cell: ({ calls }) => groupDigits(calls) },
  { key: 'held', head: 'Held', numeric: true, cell: ({ held }) => groupDigits(held) },
  { key: 'last', head: 'Last', cell: ({ lastAt }) => <Timestamp at={lastAt} /> },
]
const readColumns: readonly Column<ReadRow>[] = [
  { key: 'name', head: 'Connection', cell: ({ connection }) => connection.name },
  { key: 'minute', head: 'Minute', cell: ({ minute }) => <Timestamp at={minute} /> },
  { key: 'reads', head: 'Reads', numeric: true, cell: ({ reads }) => groupDigits(reads) },
]

/** What a key did in thirty days, by connection, and the tokens it read last. */
export function KeyUsage({ apiKey: { usage, lastReads } }: { apiKey: ApiKeyPage }) {
  const { calls, held, tokenReads, connections, rows } = usage
  const heldOf = held > 0 ? `, ${groupDigits(held)} of them held back by the rate limit` : ''
  const shownOf =
    rows.length < connections ? ` The ${rows.length} with most of ${connections} are shown.` : ''
  return (
    <>
      <Card
        title="Last 30 days"
        description={`${counted(tokenReads, 'token read')}, ${counted(calls, 'call')} through Patchbay${heldOf}.${shownOf}`}
        flush
      >
        {rows.length === 0 ? (
          <EmptyState title="Not used yet">What its program does will be counted here.</EmptyState>
        ) : (
          <DataTable
            bare
            caption="Last 30 days, by connection"
            columns={usageColumns}
            rows={rows}
            rowKey={({ connection }) => connection.id}
            rowHref={usageHref}
          />
        )}
      </Card>
      {lastReads.length > 0 ? (
        <Card title="Last token reads" description="Counted by connection and minute." flush>
          <DataTable
            bare
            caption="Last token reads"
            columns={readColumns}
            rows={lastReads}
            rowKey={({ connection, minute }) => `${connection.id} ${minute.getTime()}`}
            rowHref={usageHref}
          />
        </Card>
      ) : null}
    </>
  )
}

function counted(count: number, noun: string): string {
  return `${groupDigits(count)} ${count === 1 ? noun : `${noun}s`}`
}
