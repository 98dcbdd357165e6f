import { parseHttpDate, parseIsoInstant } from './instant'

/** Farther ahead than this is not believed: no provider's window is longer than a day. */
export const aheadMaxMs = 24 * 60 * 60 * 1000

/** Digits above it are seconds since 1970, below it a number of seconds from now (providers.md 1.2). */
const epochSecondsMin = 1_000_000_000
/** Digits above it are milliseconds since 1970. */
const epochMillisecondsMin = 100_000_000_000

/**
 * Reads a header that tells an instant: seconds from now, seconds or milliseconds since 1970, an HTTP date, or ISO-8601.
 * Of two values joined by a comma the first counts (providers.md 1.2).
 *
 * @param now what seconds count from
 * @returns `null` when the header is missing or reads as none of these
 */
export function parseInstantHeader(value: string | null, now: Date): Date | null {
  if (value === null) return null
  const text = value.trim()
  const httpDate = parseHttpDate(text)
  if (httpDate) return httpDate
  const first = text.split(',')[0]?.trim() ?? ''
  if (!/^\d{1,16}(?:\.\d{1,9})?$/.test(first)) return parseIsoInstant(first)
  const figure = Number(first)
  if (figure >= epochMillisecondsMin) return instant(figure)
  if (figure >= epochSecondsMin) return instant(figure * 1000)
  return instant(now.getTime() + figure * 1000)
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3; ISO-8601 and epoch forms as Outreach sends them).
 *
 * @returns the earliest instant for another try, between `now` and a day ahead; `null` when the header tells none
 */
export function parseRetryAfter(value: string | null, now: Date): Date | null {
  const told = parseInstantHeader(value, now)
  if (told === null) return null
  const aheadMs = Math.min(aheadMaxMs, Math.max(0, told.getTime() - now.getTime()))
  return new Date(now.getTime() + aheadMs)
}

/** `parseRetryAfter` as a wait in milliseconds. */
export function retryAfterMs(headers: Pick<Headers, 'get'>, now: Date): number | null {
  const at = parseRetryAfter(headers.get('retry-after'), now)
  return at === null ? null : at.getTime() - now.getTime()
}

function instant(epochMs: number): Date | null {
  const at = new Date(epochMs)
  return Number.isNaN(at.getTime()) ? null : at
}
