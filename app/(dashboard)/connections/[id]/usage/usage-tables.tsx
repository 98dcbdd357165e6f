import Link from 'next/link'
import { type Column, DataTable } from '@/components/data/data-table'
import { groupDigits } from '@/components/data/rate-reading'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { UsageFigures, UsageHistory } from '@/lib/server'
import { bytesWords, shareWords } from './figure-words'
import { periodWords } from './period-words'

/** The same calls by route and by API key. */
export function UsageTables({ history }: { history: UsageHistory }) {
  const { routes, keys, period } = history
  if (routes.length === 0) return null
  return (
    <>
      <Card flush title="By route" description="Ids in paths are left out. The twenty with most calls.">
        <DataTable
          bare
          caption={`Calls ${periodWords[period]} by route`}
          rows={routes}
          rowKey={(row) => `${row.method} ${row.route}`}
          columns={[{ key: 'route', head: 'Route', cell: routeCell }, ...figureColumns]}
        />
      </Card>
      <Card flush title="By API key" description="The twenty with most calls.">
        <DataTable
          bare
          caption={`Calls ${periodWords[period]} by API key`}
          rows={keys}
          rowKey={(row) => row.key?.id ?? 'none'}
          columns={[{ key: 'key', head: 'API key', cell: keyCell }, ...figureColumns]}
        />
      </Card>
    </>
  )
}

function routeCell({ method, route }: UsageHistory['routes'][number]) {
  return (
    <span className="break-all font-mono">
      {method} {route}
    </span>
  )
}

function keyCell({ key }: UsageHistory['keys'][number]) {
  if (!key) return <span className="text-ink-muted">No key: tried by a person, or Patchbay itself</span>
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Link
        href={`/settings/api-keys/${key.id}`}
        className="rounded-sm font-medium underline-offset-4 hover:underline"
      >
        {key.name}
      </Link>
      {key.isRevoked ? <Badge>Revoked</Badge> : null}
    </span>
  )
}

const count = (value: number) =>
  value === 0 ? <span className="text-ink-faint">0</span> : groupDigits(value)

/** The cards of a narrow window would be a page each. */
const onWide = 'max-sm:hidden'

const figureColumns: readonly Column<UsageFigures>[] = [
  { key: 'calls', head: 'Calls', numeric: true, cell: (row) => groupDigits(row.total) },
  { key: 'share', head: 'Share', numeric: true, className: onWide, cell: (row) => shareWords(row.share) },
  { key: 'refused', head: '4xx', numeric: true, cell: (row) => count(row.calls.refused) },
  { key: 'limited', head: '429', numeric: true, cell: (row) => count(row.calls.limited) },
  {
    key: 'held',
    head: 'Held',
    numeric: true,
    hideBelow: 'lg',
    cell: (row) => count(row.calls.held),
  },
  { key: 'failed', head: 'Failed', numeric: true, cell: (row) => count(row.calls.failed) },
  {
    key: 'mean',
    head: 'Mean',
    numeric: true,
    hideBelow: 'xl',
    className: onWide,
    cell: (row) => (row.meanMs === null ? '–' : `${groupDigits(Math.round(row.meanMs))} ms`),
  },
  {
    key: 'bytes',
    head: 'Bytes',
    numeric: true,
    hideBelow: 'xl',
    className: onWide,
    cell: (row) => bytesWords(row.bytes),
  },
]
