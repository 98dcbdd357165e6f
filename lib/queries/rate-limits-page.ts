import { type Actor, requireRole } from '../core/actor'
import { type ProviderId, providerIds } from '../core/provider'
import type { Deps } from '../deps'
import { type BucketPlace, type BucketSort, bucketKeys, bucketSortKeys } from './bucket-keys'
import { type BucketUsage, bucketUsage } from './bucket-usage'
import { type RateRow, rateRows } from './rate-rows'
import { type TimeToEmpty, timeToEmpty } from './time-to-empty'

const pageSize = 50

export type LimitRow = RateRow & { usage: BucketUsage; empties: TimeToEmpty }

export type RateLimitsPage = {
  filters: { provider: ProviderId | null; near: boolean }
  sort: BucketSort
  rows: LimitRow[]
  /** Cursor; `null` where there is nothing. */
  next: string | null
  isFirst: boolean
  /** Live connections, to tell "nothing connected" from "nothing counted yet". */
  liveConnections: number
}

export const firstBucketSort: BucketSort = { key: 'used', direction: 'desc' }

/**
 * The newest window of each bucket with its last 24 hours, the fullest first unless sorted otherwise.
 *
 * @param params of the URL: `provider`, `near` (`1`: four fifths are used), `sort` (`-key` for falling), `after` (a cursor of an earlier page)
 * @throws PatchbayError `forbidden`
 */
export async function rateLimitsPage(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  actor: Actor,
  params: Readonly<Record<string, unknown>>,
): Promise<RateLimitsPage> {
  requireRole(actor, 'viewer')
  const filters = {
    provider: providerIds.find((id) => id === params.provider) ?? null,
    near: params.near === '1',
  }
  const sort = readSort(params.sort)
  const after = readCursor(params.after)
  const found = await bucketKeys(deps, { ...filters, sort, after, take: pageSize + 1 })
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    filters,
    sort,
    rows: await limitRows(
      deps,
      shown.map(({ bucket }) => bucket),
    ),
    next: found.length > pageSize && last ? `${last.value}~${last.bucket}` : null,
    isFirst: after === null,
    liveConnections: await deps.db.connection.count({
      where: { lifecycle: 'live', ...(filters.provider ? { provider: filters.provider } : {}) },
    }),
  }
}

async function limitRows(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  buckets: readonly string[],
): Promise<LimitRow[]> {
  const nowMs = deps.clock.now().getTime()
  const [rows, usages] = await Promise.all([rateRows(deps, buckets), bucketUsage(deps, buckets)])
  return rows.flatMap((row) => {
    const usage = usages.get(row.bucket)
    if (!usage) return []
    return [{ ...row, usage, empties: emptiesOf(row.view, usage.recent, nowMs) }]
  })
}

/** A provider's own window begins anew at once; the one that Patchbay counts rolls. */
function emptiesOf(view: RateRow['view'], calls: number, nowMs: number): TimeToEmpty {
  const { limit, remaining, resetsAt, retryAt, source, stale, windowS } = view
  const isTold = source === 'headers'
  const leftMs = resetsAt ? resetsAt.getTime() - nowMs : 0
  return timeToEmpty({
    // What a header said before its reset is over: all of the limit is there again.
    remaining: isTold && stale ? limit : remaining,
    isHeld: retryAt !== null,
    // After a reset the next call begins a window of full length.
    resetsInMs: isTold ? (leftMs > 0 ? leftMs : windowS * 1_000) : null,
    rolling: isTold || limit === null ? null : { limit, windowMs: windowS * 1_000 },
    calls,
  })
}

function readSort(value: unknown): BucketSort {
  const text = typeof value === 'string' ? value : ''
  const key = bucketSortKeys.find((each) => each === text.replace(/^-/, ''))
  return key ? { key, direction: text.startsWith('-') ? 'desc' : 'asc' } : firstBucketSort
}

/** `value~bucket`. */
function readCursor(value: unknown): BucketPlace | null {
  const match = typeof value === 'string' ? value.match(/^(\d{1,12})~([\w:.@-]{1,300})$/) : null
  return match?.[1] && match[2] ? { value: Number(match[1]), bucket: match[2] } : null
}
