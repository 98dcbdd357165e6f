const isoShape =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/i
const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i
/** IMF-fixdate, RFC 850 and asctime: the three forms of RFC 9110, 5.6.7. */
const httpDateShape =
  /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]+, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/

/**
 * Reads an ISO-8601 instant. One without a zone is UTC, whatever this machine's zone is: Outreach writes `installedAt`
 * so (seed 000).
 *
 * @returns `null` for anything that is not an ISO-8601 date or instant
 */
export function parseIsoInstant(text: string): Date | null {
  const trimmed = text.trim()
  if (!isoShape.test(trimmed)) return null
  const [date = '', clock] = trimmed.replace(',', '.').split(/[T ](.*)/is)
  if (clock === undefined || clock === '') return valid(`${date}T00:00:00Z`)
  const zone = zoned.exec(clock)?.[0] ?? 'Z'
  const time = clock.slice(0, clock.length - (zoned.test(clock) ? zone.length : 0)).trim()
  return valid(
    `${date}T${time}${/\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()}`,
  )
}

/** Reads an HTTP date (RFC 9110, 5.6.7); `null` for anything else. */
export function parseHttpDate(text: string): Date | null {
  const trimmed = text.trim()
  if (!httpDateShape.test(trimmed)) return null
  return valid(trimmed.endsWith('GMT') ? trimmed : `${trimmed} GMT`)
}

function valid(text: string): Date | null {
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : new Date(at)
}
