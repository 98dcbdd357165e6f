import { Countdown } from '@/components/data/countdown'
import { type Column, DataTable } from '@/components/data/data-table'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { ProviderMark } from '@/components/data/provider-mark'
import { RateMeter } from '@/components/data/rate-meter'
import { groupDigits } from '@/components/data/rate-reading'
import { StatusBadge } from '@/components/data/status-badge'
import { Timestamp } from '@/components/data/timestamp'
import { providerNames } from '@/lib/core/provider'
import type { ConnectionRow, ConnectionSortKey } from '@/lib/server'
import { grantWords } from '../grant-words'
import { connectionColumns } from './connection-columns'
import { ConnectionRowMenu } from './connection-row-menu'
import { type ConnectionsSearch, connectionsHref } from './search-params'

const dayMs = 24 * 3_600_000
const reconnectWarnMs = 7 * dayMs

export function ConnectionsTable({
  rows,
  search,
  canAct,
}: {
  rows: readonly ConnectionRow[]
  search: ConnectionsSearch
  canAct: boolean
}) {
  const columns: Column<ConnectionRow>[] = [
    { ...connectionColumns.account, sort: sortBy(search, 'name'), cell: (row) => <Account row={row} /> },
    {
      ...connectionColumns.provider,
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {providerNames[row.provider]} <EnvironmentTag environment={row.environment} />
        </span>
      ),
    },
    {
      ...connectionColumns.status,
      cell: (row) => <StatusBadge view={row.status} failureHref={`/connections/${row.id}/history`} />,
    },
    {
      ...connectionColumns.access,
      sort: sortBy(search, 'access'),
      cell: (row) => (row.accessExpiresAt ? <Countdown to={row.accessExpiresAt} /> : <None />),
    },
    {
      ...connectionColumns.reconnect,
      sort: sortBy(search, 'reconnect'),
      cell: (row) =>
        row.status.action === 'reconnect' ? (
          <span className="text-danger">Now</span>
        ) : row.reconnectBy ? (
          <Countdown to={row.reconnectBy} past="Passed" warnMs={reconnectWarnMs} />
        ) : (
          <None words="No end known" />
        ),
    },
    {
      ...connectionColumns.limit,
      cell: (row) => <LimitLeft row={row} />,
    },
    {
      ...connectionColumns.used,
      sort: sortBy(search, 'used', 'desc'),
      cell: (row) =>
        row.lastUsedAt ? <Timestamp at={row.lastUsedAt} /> : <span className="text-ink-muted">Not yet</span>,
    },
    {
      ...connectionColumns.menu,
      cell: (row) => (
        <ConnectionRowMenu
          id={row.id}
          name={row.name}
          provider={row.provider}
          status={row.status.status}
          canAct={canAct}
        />
      ),
    },
  ]
  return (
    <DataTable
      caption="Connections"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/connections/${row.id}`}
    />
  )
}

function Account({ row }: { row: ConnectionRow }) {
  const second = [
    row.name === row.accountName ? null : row.accountName,
    row.orgName === row.accountName ? null : row.orgName,
    grantWords(row.grantKind, row.provider).short,
    row.isSandbox && row.environment !== 'sandbox' ? 'sandbox account' : null,
  ].filter((part) => part !== null)
  return (
    <span className="flex min-h-10 items-center gap-2.5">
      <ProviderMark provider={row.provider} size="sm" bare />
      <span className="min-w-0">
        <span className="block wrap-anywhere font-medium">{row.name}</span>
        <span className="block wrap-anywhere text-ink-muted text-xs">{second.join(' · ')}</span>
      </span>
    </span>
  )
}

/** Figures that have gone stale tell nothing of what is left now. */
function LimitLeft({ row }: { row: ConnectionRow }) {
  const { remaining, stale } = row.rate
  return (
    <div className="grid gap-0.5">
      <RateMeter view={row.rate} name={row.name} compact />
      {remaining === null || stale ? null : (
        <p className="text-ink-muted text-xs tabular-nums">{groupDigits(remaining)} left</p>
      )}
    </div>
  )
}

function None({ words = 'None' }: { words?: string }) {
  return <span className="text-ink-faint">{words}</span>
}

/** A head that sorts: the first press in its own direction, the next in the other. */
function sortBy(
  search: ConnectionsSearch,
  key: ConnectionSortKey,
  first: 'asc' | 'desc' = 'asc',
): NonNullable<Column<ConnectionRow>['sort']> {
  const active = search.sort.key === key
  const other = search.sort.direction === 'asc' ? 'desc' : 'asc'
  return {
    href: connectionsHref(search, { sort: { key, direction: active ? other : first } }),
    direction: active ? (search.sort.direction === 'asc' ? 'ascending' : 'descending') : null,
  }
}
