import { randomFillSync } from 'node:crypto'
import type { Clock, Random } from '../deps'

/** The runtime's own: Next puts one in its place that asks at each call whether a page is being prerendered. */
const NativeDate = Date

export const systemClock: Clock = { now: () => new NativeDate() }

export const systemRandom: Random = { bytes: (count) => randomFillSync(new Uint8Array(count)) }

/** A clock that can be set right by another one, without touching the one it is read from. */
export type AdjustableClock = Clock & {
  /** The clock as it was given, never adjusted: what the difference is measured with. */
  readonly source: Clock
  /** @param offsetMs what is added to the source from now on */
  adjust(offsetMs: number): void
}

/** Instants of tokens are compared by several processes; each of them adjusts its clock to the database's. */
export function adjustableClock(source: Clock): AdjustableClock {
  let offsetMs = 0
  return {
    source,
    now: () => (offsetMs === 0 ? source.now() : new NativeDate(source.now().getTime() + offsetMs)),
    adjust(nextMs) {
      offsetMs = nextMs
    },
  }
}
