/** A stored window, as lib/rate-limits writes it. */
export type RateColumns = {
  limit: number | null
  used: number
  remaining: number | null
  resetsAt: Date | null
  source: 'headers' | 'own_count'
  asOf: Date
  last429At: Date | null
  blockedUntil: Date | null
}

/** Prisma's `select` for `RateColumns`. */
export const rateSelect = {
  limit: true,
  used: true,
  remaining: true,
  resetsAt: true,
  source: true,
  asOf: true,
  last429At: true,
  blockedUntil: true,
} as const satisfies Record<keyof RateColumns, true>

/** What the meter of the pages is given. */
export type RateWindowView = {
  limit: number | null
  used: number | null
  remaining: number | null
  resetsAt: Date | null
  source: 'headers' | 'own_count' | 'not_published'
  asOf: Date | null
  /** Older than one window: the figures may no longer hold. */
  stale: boolean
  last429At: Date | null
  /** The provider asked for silence until then; `null` when it did not, or it is over. */
  blockedUntil: Date | null
}

const windowMs = 60 * 60_000

/**
 * A window as it stands now. Our own count is certain, so a window that has passed counts nothing any more; what a header said of one
 * is kept and marked stale.
 */
export function rateView(row: RateColumns, now: Date): RateWindowView {
  const { limit, resetsAt, asOf, last429At } = row
  const passed = resetsAt !== null && resetsAt <= now
  const blockedUntil = row.blockedUntil && row.blockedUntil > now ? row.blockedUntil : null
  if (row.source === 'own_count') {
    const used = passed ? 0 : row.used
    return {
      limit,
      used,
      remaining: passed ? limit : row.remaining,
      resetsAt: passed ? null : resetsAt,
      source: limit === null ? 'not_published' : 'own_count',
      asOf,
      stale: false,
      last429At,
      blockedUntil,
    }
  }
  const stale = passed || now.getTime() - asOf.getTime() >= windowMs
  return {
    limit,
    used: row.used,
    remaining: row.remaining,
    resetsAt,
    source: 'headers',
    asOf,
    stale,
    last429At,
    blockedUntil,
  }
}
