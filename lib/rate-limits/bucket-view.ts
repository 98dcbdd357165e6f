import { z } from 'zod'
import type { ProviderId } from '../core/provider'
import { countedWindow } from './bucket'
import { type BucketRules, rulesOf } from './bucket-rules'
import { allLapsedAtMs, freeAtMs, type Slots, usedOf } from './slots'

/** A stored bucket, as `syncBuckets` writes it. */
export type RateColumns = {
  provider: ProviderId
  limit: number | null
  used: number
  remaining: number | null
  resetsAt: Date | null
  source: 'headers' | 'own_count'
  asOf: Date
  last429At: Date | null
  blockedUntil: Date | null
  windowS: number | null
  slots: unknown
}

/** Prisma's `select` for `RateColumns`. */
export const rateSelect = {
  provider: true,
  limit: true,
  used: true,
  remaining: true,
  resetsAt: true,
  source: true,
  asOf: true,
  last429At: true,
  blockedUntil: true,
  windowS: true,
  slots: true,
} as const satisfies Record<keyof RateColumns, true>

/**
 * How a limit is known: the provider told it, or calls through Patchbay are counted. `not_published`: they are, and the provider names no
 * limit; `not_entered`: another one was agreed, and nobody has entered it.
 */
export const rateSources = ['headers', 'own_count', 'not_published', 'not_entered'] as const
export type RateSource = (typeof rateSources)[number]

/** What pages and programs are told of a bucket. */
export type RateWindowView = {
  limit: number | null
  /** `null` while nothing has told it. */
  used: number | null
  remaining: number | null
  /** When nothing that counts now counts any longer; of a header, when the provider begins anew. */
  resetsAt: Date | null
  /** From when Patchbay lets the next call through; `null`: now. */
  retryAt: Date | null
  source: RateSource
  /** When the figures were true; `null`: nothing was ever reported. */
  asOf: Date | null
  /** Older than one window: the figures may no longer hold. */
  stale: boolean
  last429At: Date | null
  /** The provider asked for silence until then; `null` when it did not, or it is over. */
  blockedUntil: Date | null
  windowS: number
  /** Calls of the limit that are kept for rotations and probes. */
  reserve: number
  /** Calls through Patchbay in the last window, whatever the headers say. */
  counted: number
}

const hourS = 3_600
const slotsSchema = z.record(z.string(), z.number()).catch({})

/**
 * A bucket as it stands now. Our own count is certain: what is older than a window counts nothing any more. What a header said is kept
 * and marked when it is older than a window.
 */
export function rateView(row: RateColumns, now: Date): RateWindowView {
  const windowS = row.windowS ?? countedWindow(row.provider, null)?.windowS ?? hourS
  return bucketView(rulesOf(row.provider, { limit: row.limit, windowS }), row, now)
}

/** @param row `null` when nothing was ever counted */
export function bucketView(rules: BucketRules, row: RateColumns | null, now: Date): RateWindowView {
  const blockedUntil = row?.blockedUntil && row.blockedUntil > now ? row.blockedUntil : null
  const isSameWindow = row !== null && row.windowS !== null && row.windowS * 1_000 === rules.windowMs
  const slots = isSameWindow ? slotsSchema.parse(row.slots) : {}
  const shared = {
    last429At: row?.last429At ?? null,
    blockedUntil,
    windowS: rules.windowMs / 1_000,
    reserve: rules.reserve,
    counted: usedOf(rules, slots, now.getTime()),
  }
  if (rules.followsHeaders && row?.source !== 'own_count')
    return { ...shared, ...headerView(rules, row, now) }
  return { ...shared, ...countedView(rules, { slots, row, now, blockedUntil }) }
}

type Figures = Pick<
  RateWindowView,
  'limit' | 'used' | 'remaining' | 'resetsAt' | 'retryAt' | 'source' | 'asOf' | 'stale'
>

function headerView(rules: BucketRules, row: RateColumns | null, now: Date): Figures {
  if (!row) {
    const nothing = { limit: null, used: null, remaining: null, resetsAt: null, asOf: null }
    return { ...nothing, retryAt: null, source: 'headers', stale: false }
  }
  const { limit, used, remaining, resetsAt, asOf } = row
  const endsAt = new Date(asOf.getTime() + rules.windowMs)
  const stale = endsAt <= now || (resetsAt !== null && resetsAt <= now)
  const isEmpty = !stale && remaining !== null && remaining <= rules.reserve
  const blocked = row.blockedUntil && row.blockedUntil > now ? row.blockedUntil : null
  const retryAt = blocked ?? (isEmpty ? (resetsAt ?? endsAt) : null)
  return { limit, used, remaining, resetsAt, retryAt, source: 'headers', asOf, stale }
}

type Counted = { slots: Slots; row: RateColumns | null; now: Date; blockedUntil: Date | null }

function countedView(rules: BucketRules, { slots, row, now, blockedUntil }: Counted): Figures {
  const { limit } = rules
  const nowMs = now.getTime()
  // A row of an earlier version has no slots, but figures that hold until its end.
  const isOld = row !== null && row.windowS === null && row.resetsAt !== null && row.resetsAt > now
  const used = isOld ? row.used : usedOf(rules, slots, nowMs)
  const lapsesMs = isOld ? row.resetsAt?.getTime() : allLapsedAtMs(rules, slots, nowMs)
  const freeMs = freeAtMs(rules, slots, nowMs)
  return {
    limit,
    used,
    remaining: limit === null ? null : Math.max(0, limit - used),
    resetsAt: lapsesMs ? new Date(lapsesMs) : null,
    retryAt: blockedUntil ?? (freeMs !== null && freeMs > nowMs ? new Date(freeMs) : null),
    source: limit === null ? unknownLimit(row) : 'own_count',
    asOf: row?.asOf ?? now,
    stale: false,
  }
}

/** Where the provider publishes a limit, only one that was agreed instead can be unknown. */
function unknownLimit(row: RateColumns | null): RateSource {
  const published = row && countedWindow(row.provider, null)?.limit
  return published ? 'not_entered' : 'not_published'
}
