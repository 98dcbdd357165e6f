/** How long a limit lasts if calls go on as in the last minutes. */
export type TimeToEmpty =
  /** `ms` from now. */
  | { kind: 'empties'; ms: number }
  /** It is renewed before it is used up. */
  | { kind: 'not_at_this_pace' }
  | { kind: 'no_calls' }
  | { kind: 'at_limit' }
  | { kind: 'not_known' }

/** The stretch of time whose calls make the pace, in milliseconds. */
export const paceMs = 15 * 60_000

/**
 * @param input.remaining calls that are left; `null`: not known
 * @param input.resetsInMs until all of the limit is there again; `null`: not known
 * @param input.calls calls of the last `paceMs`
 */
export function timeToEmpty(input: {
  remaining: number | null
  resetsInMs: number | null
  calls: number
}): TimeToEmpty {
  const { remaining, resetsInMs, calls } = input
  if (remaining === null) return { kind: 'not_known' }
  if (remaining <= 0) return { kind: 'at_limit' }
  if (calls <= 0) return { kind: 'no_calls' }
  const ms = (remaining / calls) * paceMs
  if (resetsInMs !== null && ms >= resetsInMs) return { kind: 'not_at_this_pace' }
  return { kind: 'empties', ms }
}
