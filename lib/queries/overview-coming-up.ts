import type { Deps } from '../deps'
import { type ReconnectClock, reconnectClocks } from '../provider-apps/reconnect-clocks'
import { fullestBuckets, type RateRow, rateRows } from './rate-limits-page'

const aheadMs = 7 * 24 * 60 * 60_000
const shownMax = 8
/** In millionths of a bucket. */
const nearShare = 800_000

export type ComingUp = { reconnectBy: ReconnectClock[]; nearLimits: RateRow[] }

/** What the next seven days bring: clocks that run out and limits of which four fifths are used. */
export async function overviewComingUp(deps: Pick<Deps, 'sql' | 'db' | 'clock'>): Promise<ComingUp> {
  const [reconnectBy, fullest] = await Promise.all([
    reconnectClocks(deps, { withinMs: aheadMs, take: shownMax, stuckOnly: false }),
    fullestBuckets(deps, { provider: null, after: null, take: shownMax }),
  ])
  const near = fullest.filter((bucket) => bucket.share >= nearShare).map((bucket) => bucket.bucket)
  return { reconnectBy, nearLimits: await rateRows(deps, near) }
}
