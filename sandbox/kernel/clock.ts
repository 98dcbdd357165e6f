/** Time of the sandbox: real time plus an offset that survives a restart. */
export type Clock = {
  nowMs(): number
  now(): Date
  /** Seconds since the epoch, rounded down, as OAuth answers carry them. */
  nowS(): number
  offsetMs(): number
  /** Moves forward by `ms` (at least 0) and tells the listeners. */
  advance(ms: number): void
  onAdvance(listener: () => void): void
  reset(): void
}

const HOUR_MS = 3_600_000

/** The jumps that the control page offers, in ms. */
export const CLOCK_JUMPS = {
  '2h': 2 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '14d': 14 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
} as const
export type ClockJump = keyof typeof CLOCK_JUMPS

export type OffsetKeeper = { readonly offsetMs: number; keep(offsetMs: number): void }

/** A clock over `realMs` (ms since the epoch), whose offset is read from and kept in `keeper`. */
export function createClock(keeper: OffsetKeeper, realMs: () => number = Date.now): Clock {
  let offsetMs = keeper.offsetMs
  const listeners: (() => void)[] = []
  const nowMs = () => realMs() + offsetMs
  const move = (toMs: number) => {
    offsetMs = toMs
    keeper.keep(offsetMs)
    for (const listener of listeners) listener()
  }
  return {
    nowMs,
    now: () => new Date(nowMs()),
    nowS: () => Math.floor(nowMs() / 1_000),
    offsetMs: () => offsetMs,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError('the clock only moves forward')
      move(offsetMs + ms)
    },
    onAdvance: (listener) => void listeners.push(listener),
    reset: () => move(0),
  }
}
