import type { Deps } from '../deps'
import { type ReconnectClock, reconnectClocks } from '../provider-apps/reconnect-clocks'
import { soonMs } from './overview-attention'
import { fullestBuckets, type RateRow, rateRows } from './rate-limits-page'

const aheadMs = 7 * 24 * 60 * 60_000
const shownMax = 8
/** More clocks than anybody reads. */
const clocksMax = 1_000
/** In millionths of a bucket. */
const nearShare = 800_000

export type ComingUp = { reconnectBy: ReconnectClock[]; nearLimits: RateRow[] }

/** What the next seven days bring, beside what needs a person now: clocks that run out and limits of which four fifths are used. */
export async function overviewComingUp(deps: Pick<Deps, 'sql' | 'db' | 'clock'>): Promise<ComingUp> {
  const [reconnectBy, fullest] = await Promise.all([
    reconnectClocks(deps, { withinMs: aheadMs, take: clocksMax, stuckOnly: false }),
    fullestBuckets(deps, { provider: null, after: null, take: shownMax }),
  ])
  const near = fullest.filter((bucket) => bucket.share >= nearShare).map((bucket) => bucket.bucket)
  const soon = new Date(deps.clock.now().getTime() + soonMs)
  const ahead = reconnectBy.filter(({ renewsItself, by }) => renewsItself || by > soon)
  return { reconnectBy: ahead.slice(0, shownMax), nearLimits: await rateRows(deps, near) }
}
