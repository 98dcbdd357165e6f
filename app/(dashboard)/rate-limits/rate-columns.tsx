import Link from 'next/link'
import { Sparkline } from '@/components/charts/sparkline'
import { Countdown } from '@/components/data/countdown'
import type { Column } from '@/components/data/data-table'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { ProviderMark } from '@/components/data/provider-mark'
import { RateMeter } from '@/components/data/rate-meter'
import { groupDigits } from '@/components/data/rate-reading'
import { Timestamp } from '@/components/data/timestamp'
import { Badge } from '@/components/ui/badge'
import { providerNames } from '@/lib/core/provider'
import type { BucketSortKey, LimitRow, RateLimitsPage } from '@/lib/server'
import { emptyWords } from './empty-words'
import { rateHref } from './search'

/** Each sorts first by what one looks for: the fullest, the least left, the soonest, the most refusals. */
const firstDirection: Record<BucketSortKey, 'asc' | 'desc'> = {
  used: 'desc',
  left: 'asc',
  resets: 'asc',
  empty: 'asc',
  refused: 'desc',
}

/** The columns of the list, with heads that sort it. */
export function rateColumns(page: RateLimitsPage): Column<LimitRow>[] {
  const sort = (key: BucketSortKey) => {
    const current = page.sort.key === key ? page.sort.direction : null
    const direction = current ? (current === 'asc' ? 'desc' : 'asc') : firstDirection[key]
    return {
      href: rateHref(page, { sort: { key, direction } }),
      direction: current && (current === 'asc' ? ('ascending' as const) : ('descending' as const)),
    }
  }
  return [
    { key: 'account', head: 'Account', cell: (row) => <Accounts row={row} /> },
    {
      key: 'used',
      head: 'Used of limit',
      sort: sort('used'),
      cell: (row) => <RateMeter view={row.view} name={nameOf(row)} compact />,
    },
    { key: 'left', head: 'Remaining', numeric: true, sort: sort('left'), cell: remaining },
    { key: 'resets', head: 'Resets', sort: sort('resets'), cell: (row) => <Resets row={row} /> },
    {
      key: 'empty',
      head: 'Time to empty',
      sort: sort('empty'),
      hideBelow: 'lg',
      cell: (row) => (
        <span className={row.empties.kind === 'empties' ? undefined : 'text-ink-muted'}>
          {emptyWords(row.empties)}
        </span>
      ),
    },
    {
      key: 'refused',
      head: '429s in 24 h',
      numeric: true,
      sort: sort('refused'),
      hideBelow: 'md',
      cell: (row) => <Refusals row={row} />,
    },
    { key: 'day', head: '24 hours', hideBelow: 'xl', cell: (row) => <Day row={row} /> },
    { key: 'source', head: 'Known from', hideBelow: 'wide', cell: (row) => <Source row={row} /> },
  ]
}

function nameOf(row: LimitRow): string {
  return row.connections[0]?.name ?? row.bucket
}

function remaining({ view }: LimitRow) {
  if (view.remaining === null) return <span className="text-ink-muted">Not known</span>
  return groupDigits(view.remaining)
}

function Resets({ row: { view } }: { row: LimitRow }) {
  if (view.retryAt) {
    return (
      <span className="grid justify-items-start max-sm:justify-items-end">
        {/* Blocked by the provider's word, or held back by Patchbay before it comes to that. */}
        <Badge tone={view.blockedUntil ? 'danger' : 'warn'}>{view.blockedUntil ? 'Blocked' : 'Held'}</Badge>
        <span className="text-ink-muted">
          next call <Countdown to={view.retryAt} past="possible since" pastTone="text-ink-muted" />
        </span>
      </span>
    )
  }
  if (view.limit === null) return <span className="text-ink-muted">Not known</span>
  return view.resetsAt ? (
    <Countdown to={view.resetsAt} past="Reset" pastTone="text-ink-muted" />
  ) : (
    <span className="text-ink-muted">No call in this window</span>
  )
}

function Refusals({ row }: { row: LimitRow }) {
  const { limited, held } = row.usage
  const owner = row.connections[0]
  if (limited + held === 0) return <span className="text-ink-muted">0</span>
  return (
    <span className="grid text-right">
      {owner ? (
        <Link
          href={`/connections/${owner.id}/usage#refusals`}
          className="rounded-sm text-accent underline-offset-4 hover:underline"
        >
          {groupDigits(limited)}
        </Link>
      ) : (
        groupDigits(limited)
      )}
      {held > 0 ? <span className="text-ink-muted">{groupDigits(held)} held here</span> : null}
    </span>
  )
}

function Day({ row }: { row: LimitRow }) {
  const { hourly } = row.usage
  const total = hourly.reduce((sum, calls) => sum + calls, 0)
  if (total === 0) return <span className="text-ink-muted">No calls</span>
  return <Sparkline counts={hourly} words={dayWords(hourly, total)} />
}

function dayWords(hourly: readonly number[], total: number): string {
  if (total === 1) return '1 call in the last 24 hours'
  return `${groupDigits(total)} calls in the last 24 hours, at most ${groupDigits(Math.max(...hourly))} in an hour`
}

function Source({ row: { view, provider, agreedLimitMissing } }: { row: LimitRow }) {
  return (
    <span className="grid">
      {agreedLimitMissing ? <span>Agreed limit not entered</span> : null}
      {view.source === 'headers' ? (
        <span>
          {providerNames[provider]}’s headers
          {view.asOf ? (
            <span className="text-ink-muted">
              {' '}
              as of <Timestamp at={view.asOf} />
            </span>
          ) : null}
        </span>
      ) : (
        <span>Calls through Patchbay</span>
      )}
    </span>
  )
}

/** One bucket may be shared: Outreach counts a user's calls whichever of his connections they go through. */
function Accounts({ row }: { row: LimitRow }) {
  const [first, ...others] = row.connections
  if (!first) return <span className="font-mono">{row.bucket}</span>
  return (
    <span className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ProviderMark provider={row.provider} bare />
        <Link
          href={`/connections/${first.id}/usage`}
          className="rounded-sm font-medium underline-offset-4 hover:underline"
        >
          {first.name}
        </Link>
        <EnvironmentTag environment={first.environment} />
      </span>
      {first.orgName && first.orgName !== first.name ? (
        <span className="text-ink-muted">{first.orgName}</span>
      ) : null}
      {first.isSandbox && first.environment !== 'sandbox' ? (
        <span className="text-ink-muted">sandbox account</span>
      ) : null}
      {others.length > 0 ? (
        <span className="text-ink-muted">
          shared with{' '}
          {others.map((other, index) => (
            <span key={other.id}>
              {index > 0 ? ', ' : ''}
              <Link
                href={`/connections/${other.id}/usage`}
                className="rounded-sm underline underline-offset-4"
              >
                {other.name}
              </Link>
            </span>
          ))}
        </span>
      ) : null}
    </span>
  )
}
