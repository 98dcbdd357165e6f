/** How an app gets on: what happened in one span of time, and how many calls ended in the span before. */
export type AppPace = { sinceMs: number; ended: number; endedBefore: number; sentAway: number }

/** Coming back costs the database a few writes, so ten thousand that cannot be served come back slowly. */
const comeBack = { minMs: 20_000, eachMs: 40, maxMs: 120_000 }

/** Of an app that nobody has called lately nothing is known: its first callers may wait. */
export function unknownPace(nowMs: number): AppPace {
  return { sinceMs: nowMs, ended: 0, endedBefore: Number.POSITIVE_INFINITY, sentAway: 0 }
}

/** Begins a new span where the last one is over. Nothing that ended longer ago than two spans counts. */
export function keepPace(pace: AppPace, spanMs: number, nowMs: number): void {
  const goneMs = nowMs - pace.sinceMs
  if (goneMs < spanMs) return
  pace.endedBefore = goneMs < 2 * spanMs ? pace.ended : 0
  pace.ended = 0
  pace.sentAway = 0
  pace.sinceMs = nowMs
}

/** How many may wait for a place: as many as the app takes in the time that they would wait. */
export function waitersMax({ ended, endedBefore }: AppPace): number {
  return Math.max(ended, endedBefore)
}

/** Within how many milliseconds the next one that is sent away comes back: longer, the more there were. */
export function comeBackMs({ sentAway }: AppPace): number {
  return Math.max(comeBack.minMs, Math.min(comeBack.maxMs, sentAway * comeBack.eachMs))
}
