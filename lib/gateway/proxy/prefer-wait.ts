const waitMaxS = 30

/**
 * How long a caller lets the gateway wait for the rate limit: `Prefer: wait=10` (RFC 7240, 4.3), at most 30 seconds.
 *
 * @returns milliseconds; `null` when the header asks for no wait
 */
export function preferredWaitMs(prefer: string | null): number | null {
  if (prefer === null) return null
  // The first of several counts (RFC 7240, 2).
  const found = /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=[,;]|$)/i.exec(prefer)
  return found ? Math.min(Number(found[1]), waitMaxS) * 1000 : null
}
