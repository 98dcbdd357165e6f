import type { Deps } from '../deps'
import { type ReconnectClock, reconnectClocks } from '../provider-apps/reconnect-clocks'
import { fullestBuckets } from './bucket-keys'
import { soonMs } from './overview-attention'
import { type RateRow, rateRows } from './rate-rows'

const aheadMs = 7 * 24 * 60 * 60_000
const shownMax = 8
/** More clocks than anybody reads. */
const clocksMax = 1_000

export type ComingUp = { reconnectBy: ReconnectClock[]; nearLimits: RateRow[] }

/** What the next seven days bring, beside what needs a person now: clocks that run out and limits of which four fifths are used. */
export async function overviewComingUp(deps: Pick<Deps, 'sql' | 'db' | 'clock'>): Promise<ComingUp> {
  const [reconnectBy, near] = await Promise.all([
    reconnectClocks(deps, { withinMs: aheadMs, take: clocksMax, stuckOnly: false }),
    fullestBuckets(deps, { provider: null, near: true, take: shownMax }),
  ])
  const soon = new Date(deps.clock.now().getTime() + soonMs)
  const ahead = reconnectBy.filter(({ renewsItself, by }) => renewsItself || by > soon)
  return { reconnectBy: ahead.slice(0, shownMax), nearLimits: await rateRows(deps, near) }
}
