const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** Waits after the first, second, … failed try: about three days in all (Standard Webhooks 1.0, "Retries"). */
export const retryDelaysMs: readonly number[] = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
]

/** Tries of a delivery before it is given up. */
export const attemptsMax = retryDelaysMs.length + 1

/** A wait is prolonged by up to this share, so that what failed together does not come back together. */
const jitterShare = 0.2

/**
 * When a delivery is tried again.
 *
 * @param attempts failed tries so far, 1 or more
 * @param retryAfterMs what the receiver asked for; it only lengthens the wait
 * @param jitter from 0 to 1
 * @returns `null` when it is given up
 */
export function nextTryAt(facts: {
  attempts: number
  now: Date
  retryAfterMs: number | null
  jitter: number
}): Date | null {
  const delayMs = retryDelaysMs[facts.attempts - 1]
  if (delayMs === undefined) return null
  const waitMs = Math.max(delayMs * (1 + jitterShare * facts.jitter), facts.retryAfterMs ?? 0)
  return new Date(facts.now.getTime() + Math.ceil(waitMs))
}
