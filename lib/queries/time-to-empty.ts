/** How long a limit lasts if calls go on as in the last minutes. */
export type TimeToEmpty =
  /** `ms` from now. */
  | { kind: 'empties'; ms: number }
  /** It is renewed before it is used up. */
  | { kind: 'not_at_this_pace' }
  | { kind: 'no_calls' }
  | { kind: 'at_limit' }
  /** Calls are held back: what remains is kept for renewals, or the provider wants silence. */
  | { kind: 'held' }
  | { kind: 'not_known' }

/** The stretch of time whose calls make the pace, in milliseconds. */
export const paceMs = 15 * 60_000

/**
 * @param input.remaining calls that are left; `null`: not known
 * @param input.isHeld calls are held back already
 * @param input.resetsInMs until all of the limit is there again at once; `null`: not known, or it comes back bit by bit
 * @param input.rolling the limit of any window, where calls come back as they grow older than one
 * @param input.calls calls of the last `paceMs`
 */
export function timeToEmpty(input: {
  remaining: number | null
  isHeld?: boolean
  resetsInMs: number | null
  rolling: { limit: number; windowMs: number } | null
  calls: number
}): TimeToEmpty {
  const { remaining, isHeld = false, resetsInMs, rolling, calls } = input
  if (remaining !== null && remaining <= 0) return { kind: 'at_limit' }
  // While they are held, calls are none: that says nothing of the pace.
  if (isHeld) return { kind: 'held' }
  if (remaining === null) return { kind: 'not_known' }
  if (calls <= 0) return { kind: 'no_calls' }
  const ms = (remaining / calls) * paceMs
  const isRenewedFirst = resetsInMs !== null && ms >= resetsInMs
  const fitsWindow = rolling !== null && (calls / paceMs) * rolling.windowMs <= rolling.limit
  return isRenewedFirst || fitsWindow ? { kind: 'not_at_this_pace' } : { kind: 'empties', ms }
}
