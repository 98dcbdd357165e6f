/** One access token per user and application in this time (providers.md 1.1, fact 7). */
const INTERVAL_MS = 60_000

/** When each user last got a token through each app. */
export type LastMints = Record<string, number>

/**
 * The refusal of a mint that comes within 60 seconds of the last one, or null. It is what Rack::Attack answers: plain text,
 * with Retry-After in seconds only where the server turned that on (providers.md 1.1, fact 8).
 */
export function refuseEarlyMint(
  lastMintsMs: LastMints,
  key: string,
  nowMs: number,
  withRetryAfter: boolean,
): Response | null {
  const lastMs = lastMintsMs[key]
  if (lastMs === undefined || nowMs - lastMs >= INTERVAL_MS) return null
  const headers = new Headers({ 'content-type': 'text/plain' })
  if (withRetryAfter) headers.set('retry-after', String(Math.ceil((lastMs + INTERVAL_MS - nowMs) / 1_000)))
  return new Response('Retry later\n', { status: 429, headers })
}
