import { createMicroBatch } from '../db/micro-batch'
import type { Statements } from '../db/named-statements'
import type { BucketRules } from './bucket-rules'
import type { Slots } from './slots'
import { newestSlot, oldestSlot, slotAt } from './slots'
import { syncBuckets } from './sync-buckets'

/** What a header said of a whole bucket. */
export type HeaderReading = { limit: number | null; remaining: number; resetsAt: Date | null; at: Date }

/** What one process tells of a bucket, and asks of it. */
export type BucketChange = {
  bucket: string
  provider: string
  rules: BucketRules
  now: Date
  /** Slot → calls to add; fewer where permits are given back. */
  taken: Slots
  /** The same for calls whose answers are not known yet; `null` where no header is followed. */
  flown: Slots | null
  /** Permits that are waited for. */
  want: number
  /** Permits that may be used soon: granted while there is plenty. */
  spare: number
  reading: HeaderReading | null
  blockedUntil: Date | null
  last429At: Date | null
}

/** A bucket after its change. */
export type BucketRow = {
  granted: number
  /** Calls that are still possible. */
  room: number
  slots: Slots
  limit: number | null
  /** Until when a header's figures hold; `null` when there are none. */
  endsAt: Date | null
  blockedUntil: Date | null
}

export type BucketStore = (change: BucketChange) => Promise<BucketRow>

const batchMax = 200
/** What nobody waits for goes in smaller ones, beside what is asked for: it may be thousands of buckets at once. */
const toldMax = 50
type Outcome = { row: BucketRow } | { error: unknown }

/**
 * Changes the rows of buckets, those of one turn of the event loop in one statement. A bucket may be on its way once at a time. A
 * change that fails is not repeated: it may have been stored, and to subtract twice would let too many calls through.
 */
export function createBucketStore(sql: Pick<Statements, 'run'>): BucketStore {
  const run = async (changes: readonly BucketChange[]): Promise<Outcome[]> => {
    try {
      return (await syncAll(sql, changes)).map((row) => ({ row }))
    } catch (error) {
      return changes.map(() => ({ error }))
    }
  }
  const asking = createMicroBatch<BucketChange, Outcome>({ sizeMax: batchMax, run })
  const telling = createMicroBatch<BucketChange, Outcome>({ sizeMax: toldMax, lanesMax: 1, run })
  return async (change) => {
    const outcome = await (change.want > 0 ? asking(change) : telling(change))
    if ('error' in outcome) throw outcome.error
    return outcome.row
  }
}

async function syncAll(sql: Pick<Statements, 'run'>, changes: readonly BucketChange[]): Promise<BucketRow[]> {
  const rows: (BucketRow | undefined)[] = await syncOnce(sql, changes)
  const missing = changes.filter((_, n) => !rows[n])
  if (missing.length > 0) {
    const late = await syncOnce(sql, missing)
    for (const [at, change] of missing.entries()) rows[changes.indexOf(change)] = late[at]
  }
  return changes.map((_, n) => {
    const row = rows[n]
    if (!row) throw new Error('a bucket went while it was counted')
    return row
  })
}

async function syncOnce(
  sql: Pick<Statements, 'run'>,
  changes: readonly BucketChange[],
): Promise<(BucketRow | undefined)[]> {
  const found = await sql.run<BucketRow & { n: number }>(syncBuckets, [JSON.stringify(changes.map(itemOf))])
  const rows: (BucketRow | undefined)[] = changes.map(() => undefined)
  for (const row of found) rows[row.n] = row
  return rows
}

function itemOf(change: BucketChange, n: number): object {
  const { bucket, provider, rules, now, taken, flown, want, spare, reading } = change
  const ms = now.getTime()
  return {
    n,
    bucket,
    provider,
    limit: rules.limit,
    reserve: rules.reserve,
    window_ms: rules.windowMs,
    slot_ms: rules.slotMs,
    grace_ms: rules.graceMs,
    now,
    slot: slotAt(rules, ms),
    oldest: oldestSlot(rules, ms),
    newest: newestSlot(rules, ms),
    taken,
    flown,
    want,
    spare,
    told_limit: reading?.limit,
    told_remaining: reading?.remaining,
    told_resets_at: reading?.resetsAt,
    told_at: reading?.at,
    blocked_until: change.blockedUntil,
    last_429_at: change.last429At,
  }
}
