import type { ProviderId } from '../core/provider'
import { type BucketOwner, bucketOf, type CountedWindow, countedWindow } from '../rate-limits/bucket'

const hourMs = 3_600_000

/** One window as the meter of the pages takes it. */
export type ConnectionRate = {
  limit: number | null
  used: number | null
  remaining: number | null
  resetsAt: Date | null
  source: 'headers' | 'own_count' | 'not_published'
  asOf: Date | null
  stale: boolean
  last429At: Date | null
}

/** Columns of `rate_window` that a reading is made of. */
export const rateSelect = {
  bucket: true,
  limit: true,
  used: true,
  remaining: true,
  resetsAt: true,
  asOf: true,
  last429At: true,
} as const

export type RateColumns = {
  limit: number | null
  used: number
  remaining: number | null
  resetsAt: Date | null
  asOf: Date
  last429At: Date | null
}

export type RatedConnection = BucketOwner & {
  app: { agreedLimit: number | null; agreedWindowS: number | null }
}

/** The bucket whose newest window tells of this connection. */
export function rateBucket(connection: RatedConnection): string {
  return bucketOf(connection)
}

/**
 * What is known of a connection's window now. A count of our own begins anew when its window has passed; figures of the
 * provider's headers stay, marked as stale (design, section 4).
 *
 * @param row the newest stored window, `null` when there was none yet
 */
export function connectionRate(
  connection: RatedConnection,
  row: RateColumns | null,
  now: Date,
): ConnectionRate {
  const counted = countedWindow(connection.provider, agreedWindow(connection))
  return counted ? countedRate(counted, row, now) : headerRate(row, now)
}

/** Whether Patchbay counts this provider's calls by itself, and in which window. */
export function ownWindow(connection: RatedConnection): CountedWindow | null {
  return countedWindow(connection.provider, agreedWindow(connection))
}

function agreedWindow({ app }: RatedConnection): CountedWindow | null {
  return app.agreedLimit !== null && app.agreedWindowS !== null
    ? { limit: app.agreedLimit, windowS: app.agreedWindowS }
    : null
}

function countedRate({ limit }: CountedWindow, row: RateColumns | null, now: Date): ConnectionRate {
  const current = row?.resetsAt && row.resetsAt > now ? row : null
  const source = limit === null ? 'not_published' : 'own_count'
  const shared = { limit, source, stale: false, last429At: row?.last429At ?? null } as const
  if (!current) return { ...shared, used: 0, remaining: limit, resetsAt: null, asOf: now }
  return {
    ...shared,
    used: current.used,
    remaining: current.remaining,
    resetsAt: current.resetsAt,
    asOf: current.asOf,
  }
}

function headerRate(row: RateColumns | null, now: Date): ConnectionRate {
  if (!row) {
    const nothing = { limit: null, used: null, remaining: null, resetsAt: null, asOf: null, last429At: null }
    return { ...nothing, source: 'headers', stale: false }
  }
  const { limit, used, remaining, resetsAt, asOf, last429At } = row
  const stale = now.getTime() - asOf.getTime() > hourMs || (resetsAt !== null && resetsAt <= now)
  return { limit, used, remaining, resetsAt, source: 'headers', asOf, stale, last429At }
}

/** Whose calls a bucket counts, in words. */
export function bucketWords(provider: ProviderId, bucket: string): string {
  return provider === 'outreach' && bucket.startsWith('outreach:user:')
    ? 'Counted per user: every program that calls Outreach as this person spends from it.'
    : 'Counted for this connection.'
}
