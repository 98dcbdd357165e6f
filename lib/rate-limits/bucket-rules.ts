import type { ProviderId } from '../core/provider'
import { type CountedWindow, countedWindow } from './bucket'
import type { BucketFacts } from './permit-book'

/** How the calls of a bucket are counted and held back. */
export type BucketRules = {
  /** Calls in any window; `null` where none is published or agreed. */
  limit: number | null
  windowMs: number
  /** Calls are added up in slots of this length. */
  slotMs: number
  /** So long a process may keep a permit that it has reserved. */
  holdMs: number
  /** A slot counts so much longer than a window: a call made with a permit of it may reach the provider later. */
  graceMs: number
  /** Calls of the limit that are kept for rotations and probes. */
  reserve: number
  /** The provider's headers tell what remains. */
  followsHeaders: boolean
}

const outreachHour = { limit: 10_000, windowS: 3_600 }
const slotsOfWindow = 30
const slotMinMs = 50
const holdMaxMs = 2_000
const gracesOfWindow = 20
const graceMaxMs = 3_000
const reserveMax = 50
const reserveFrom = 10
const reservesOfLimit = 60

/** What holds for a bucket. Outstand with a bypass header but without an agreed limit has none that we know. */
export function bucketRules({ provider, agreed, bypassed }: Omit<BucketFacts, 'bucket'>): BucketRules {
  const { limit, windowS } = countedWindow(provider, agreed) ?? outreachHour
  return rulesOf(provider, { limit: bypassed && agreed === null ? null : limit, windowS })
}

/** @param window the limit that holds, whether published, agreed, or told by a header */
export function rulesOf(provider: ProviderId, { limit, windowS }: CountedWindow): BucketRules {
  const windowMs = windowS * 1_000
  return {
    limit,
    windowMs,
    slotMs: Math.max(slotMinMs, Math.round(windowMs / slotsOfWindow)),
    holdMs: Math.min(holdMaxMs, windowMs / 30),
    graceMs: Math.min(graceMaxMs, Math.round(windowMs / gracesOfWindow)),
    reserve: reserveOf(limit),
    followsHeaders: provider === 'outreach',
  }
}

/** About two calls in a hundred; none where a limit is so small that one call would be a tenth of it. */
export function reserveOf(limit: number | null): number {
  if (limit === null || limit < reserveFrom) return 0
  return Math.min(reserveMax, Math.max(1, Math.floor(limit / reservesOfLimit)))
}

/** The same of a row of `rate_window`, for statements that sort by it. */
export const rulesSql = {
  slotMs: `greatest(${slotMinMs}, round(window_s * 1000.0 / ${slotsOfWindow}))`,
  graceMs: `least(${graceMaxMs}, round(window_s * 1000.0 / ${gracesOfWindow}))`,
  reserve: `CASE WHEN "limit" >= ${reserveFrom} THEN least(${reserveMax}, greatest(1, "limit" / ${reservesOfLimit})) ELSE 0 END`,
}

export function sameFacts(one: BucketFacts, other: BucketFacts): boolean {
  return (
    one === other ||
    (one.bypassed === other.bypassed &&
      one.agreed?.limit === other.agreed?.limit &&
      one.agreed?.windowS === other.agreed?.windowS)
  )
}
