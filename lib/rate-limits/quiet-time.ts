import type { ProviderId } from '../core/provider'
import type { RateReading } from '../providers/contract'

const shortestMs = 1_000
const untoldMs = 60_000
const envoyFirstMs = 15_000
const envoyLongestMs = 300_000

/**
 * Until when nobody calls after a 429: what the answer says, else a minute. Envoy tells nothing and advises exponential backoff
 * (providers.md 2.10).
 *
 * @param strikes 429s in a row, this one included
 */
export function quietUntil(
  provider: ProviderId,
  { reading, at, strikes }: { reading: RateReading | null; at: Date; strikes: number },
): Date {
  const told = reading?.retryAt ?? reading?.resetsAt
  if (told) return new Date(Math.max(told.getTime(), at.getTime() + shortestMs))
  const untold =
    provider === 'envoy' ? Math.min(envoyLongestMs, envoyFirstMs * 2 ** Math.min(10, strikes - 1)) : untoldMs
  return new Date(at.getTime() + untold)
}
