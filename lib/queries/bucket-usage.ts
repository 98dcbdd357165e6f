import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'
import { paceMs } from './time-to-empty'

const hourMs = 60 * 60_000

/** A bucket's calls through Patchbay in the last 24 hours. */
export type BucketUsage = {
  /** By hour, the oldest first; the last one has just begun. */
  hourly: number[]
  /** In the stretch that makes the pace. */
  recent: number
  /** Answered 429 by the provider, and held by Patchbay. */
  limited: number
  held: number
}

type Row = { bucket: string; hour: Date; calls: number; recent: number; limited: number; held: number }

/** What these buckets were used for; one that was not called has zeros. */
export async function bucketUsage(
  deps: Pick<Deps, 'sql' | 'clock'>,
  buckets: readonly string[],
): Promise<Map<string, BucketUsage>> {
  const now = deps.clock.now().getTime()
  const from = (Math.floor(now / hourMs) - 23) * hourMs
  const rows = await deps.sql.run<Row>(statement, [buckets, new Date(from), new Date(now - paceMs)])
  const usage = new Map<string, BucketUsage>(
    buckets.map((bucket) => [bucket, { hourly: Array(24).fill(0), recent: 0, limited: 0, held: 0 }]),
  )
  for (const row of rows) {
    const found = usage.get(row.bucket)
    if (!found) continue
    found.hourly[Math.floor((row.hour.getTime() - from) / hourMs)] = row.calls
    found.recent += row.recent
    found.limited += row.limited
    found.held += row.held
  }
  return usage
}

/** A minute that has begun counts for the pace, so that it is felt at once. */
const statement: NamedStatement = {
  name: 'bucket_usage',
  text: `
    SELECT bucket, date_bin('1 hour', minute, $2) AS hour,
      sum(ok + refused + limited + failed)::float8 AS calls,
      coalesce(sum(ok + refused + limited + failed) FILTER (WHERE minute > $3), 0)::float8 AS recent,
      sum(limited)::float8 AS limited, sum(held)::float8 AS held
    FROM usage_minute WHERE bucket = ANY($1) AND minute >= $2
    GROUP BY 1, 2`,
}
