import type { Statements } from '../db/named-statements'
import type { BucketRules } from './bucket-rules'
import { type Slots, usedOf } from './slots'

/** A stored bucket, as far as it says how much is left. */
export type SeenBucket = {
  limit: number | null
  remaining: number | null
  resetsAt: Date | null
  source: 'headers' | 'own_count'
  asOf: Date
  blockedUntil: Date | null
  windowS: number | null
  slots: Slots
  inFlight: Slots
}

/** Reads a bucket, those of one turn of the event loop in one statement. @returns `null` when nothing was ever counted */
export type BucketLook = (bucket: string) => Promise<SeenBucket | null>

/** One by one, as in `syncBuckets`. */
const readBuckets = {
  name: 'read_buckets',
  text: `
    SELECT item.n::int - 1 AS n, kept."limit", kept.remaining, kept.resets_at AS "resetsAt", kept.source, kept.as_of AS "asOf",
      kept.blocked_until AS "blockedUntil", kept.window_s AS "windowS", kept.slots, kept.in_flight AS "inFlight"
    FROM unnest((SELECT $1::text[])) WITH ORDINALITY AS item (bucket, n)
    CROSS JOIN LATERAL (SELECT * FROM rate_window WHERE rate_window.bucket = item.bucket LIMIT 1) AS kept`,
}

export function createBucketLook(sql: Pick<Statements, 'byId'>): BucketLook {
  return async (bucket) => (await sql.byId<SeenBucket & { n: number }>(readBuckets, bucket))[0] ?? null
}

/**
 * Calls that are still possible, or fewer: what has lapsed since the bucket was last counted may still be in it. `Infinity` where no
 * limit is known.
 *
 * @param seen `null` when nothing was ever counted
 */
export function roomOf(rules: BucketRules, seen: SeenBucket | null, nowMs: number): number {
  const { limit, reserve, windowMs } = rules
  const most = limit === null ? Number.POSITIVE_INFINITY : limit - reserve
  if (!seen) return most
  if (seen.blockedUntil && seen.blockedUntil.getTime() > nowMs) return 0
  const { source, remaining, resetsAt, asOf } = seen
  const lapsesMs = asOf.getTime() + windowMs
  const isTold = source === 'headers' && remaining !== null
  if (isTold && nowMs < Math.min(lapsesMs, resetsAt?.getTime() ?? lapsesMs))
    return remaining - sumOf(seen.inFlight) - reserve
  return seen.windowS === windowMs / 1_000 ? most - usedOf(rules, seen.slots, nowMs) : most
}

function sumOf(slots: Slots): number {
  return Object.values(slots).reduce((sum, count) => sum + count, 0)
}
