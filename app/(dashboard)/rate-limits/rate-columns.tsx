import Link from 'next/link'
import type { Column } from '@/components/data/data-table'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { ProviderMark } from '@/components/data/provider-mark'
import { RateMeter } from '@/components/data/rate-meter'
import { groupDigits } from '@/components/data/rate-reading'
import { Timestamp } from '@/components/data/timestamp'
import type { RateRow } from '@/lib/server'

const sources = {
  headers: 'The provider’s answers',
  own_count: 'Calls through Patchbay',
  not_published: 'Calls through Patchbay',
} as const

export const rateColumns: readonly Column<RateRow>[] = [
  { key: 'account', head: 'Account', cell: (row) => <Accounts row={row} /> },
  {
    key: 'provider',
    head: 'Provider',
    hideBelow: 'lg',
    cell: (row) => (
      <span className="flex flex-wrap items-center gap-2">
        <ProviderMark provider={row.provider} />
        {row.connections[0] ? <EnvironmentTag environment={row.connections[0].environment} /> : null}
      </span>
    ),
  },
  {
    key: 'used',
    head: 'Used of limit',
    cell: (row) => <RateMeter view={row.view} name={row.connections[0]?.name ?? row.bucket} />,
  },
  {
    key: 'remaining',
    head: 'Remaining',
    numeric: true,
    cell: (row) =>
      row.view.remaining === null ? (
        <span className="text-ink-muted">Not known</span>
      ) : (
        groupDigits(row.view.remaining)
      ),
  },
  {
    key: 'source',
    head: 'Known from',
    hideBelow: 'xl',
    cell: (row) => (
      <span className="grid">
        {sources[row.view.source]}
        {row.view.asOf ? (
          <span className="text-ink-muted">
            as of <Timestamp at={row.view.asOf} />
          </span>
        ) : null}
      </span>
    ),
  },
  {
    key: 'last429',
    head: 'Last refusal (429)',
    hideBelow: 'md',
    cell: (row) =>
      row.view.last429At ? (
        <Timestamp at={row.view.last429At} />
      ) : (
        <span className="text-ink-muted">None seen</span>
      ),
  },
]

/** One bucket may be shared: Outreach counts a user's calls whichever of his connections they go through. */
function Accounts({ row }: { row: RateRow }) {
  const [first, ...others] = row.connections
  if (!first) return <span className="font-mono">{row.bucket}</span>
  return (
    <span className="grid">
      <Link
        href={`/connections/${first.id}/usage`}
        className="rounded-sm font-medium underline-offset-4 hover:underline"
      >
        {first.name}
      </Link>
      {first.orgName && first.orgName !== first.name ? (
        <span className="text-ink-muted">{first.orgName}</span>
      ) : null}
      {others.length > 0 ? (
        <span className="text-ink-muted">
          shared with {others.length === 1 ? 'another connection' : `${others.length} other connections`} of
          this user
        </span>
      ) : null}
    </span>
  )
}
