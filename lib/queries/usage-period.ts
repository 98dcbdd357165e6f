const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

export const usagePeriods = ['24h', '30d'] as const
export type UsagePeriod = (typeof usagePeriods)[number]

/** A span of bins of one length, in milliseconds. */
export type UsageSpan = { from: Date; to: Date; binMs: number }

/**
 * The bins that end with the one of now: 96 quarters of an hour, or 30 days of UTC. Calls are kept for 30 days, so the month's first
 * day may have lost its beginning.
 */
export function usageSpan(period: UsagePeriod, now: Date): UsageSpan {
  const binMs = period === '24h' ? 15 * minuteMs : dayMs
  const bins = period === '24h' ? 96 : 30
  const to = new Date((Math.floor(now.getTime() / binMs) + 1) * binMs)
  return { from: new Date(to.getTime() - bins * binMs), to, binMs }
}

/** Every bin of a span, whether anything is known of it or not. */
export function binsOf({ from, to, binMs }: UsageSpan): { from: Date; to: Date }[] {
  const count = Math.round((to.getTime() - from.getTime()) / binMs)
  return Array.from({ length: count }, (_, index) => ({
    from: new Date(from.getTime() + index * binMs),
    to: new Date(from.getTime() + (index + 1) * binMs),
  }))
}
