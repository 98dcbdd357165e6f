const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** A length of time in its largest fitting unit: `40 s`, `12 min`, `5 h`, `3 days`. @param lengthMs milliseconds, not negative */
export function lengthWords(lengthMs: number): string {
  if (lengthMs < minute) return `${Math.floor(lengthMs / second)} s`
  if (lengthMs < hour) return `${Math.floor(lengthMs / minute)} min`
  if (lengthMs < 2 * day) return `${Math.floor(lengthMs / hour)} h`
  return plural(Math.floor(lengthMs / day), 'day')
}

/** A length of time for a clock one watches, two units deep: `4 min 12 s`, `1 h 05 min`, `2 days 3 h`, `13 days`. @param lengthMs milliseconds */
export function clockWords(lengthMs: number): string {
  const left = Math.max(0, lengthMs)
  const two = (value: number) => String(value).padStart(2, '0')
  if (left < minute) return `${Math.floor(left / second)} s`
  if (left < hour) return `${Math.floor(left / minute)} min ${two(Math.floor((left % minute) / second))} s`
  if (left < day) return `${Math.floor(left / hour)} h ${two(Math.floor((left % hour) / minute))} min`
  const days = Math.floor(left / day)
  const hours = Math.floor((left % day) / hour)
  return days < 7 && hours > 0 ? `${plural(days, 'day')} ${hours} h` : plural(days, 'day')
}

/** What a countdown says: `in 4 min 09 s`, then `Expired 12 min ago`. @param leftMs milliseconds, negative once it has passed */
export function countdownWords(leftMs: number, past: string): string {
  if (leftMs > 0) return `in ${clockWords(leftMs)}`
  return -leftMs < second ? `${past} just now` : `${past} ${lengthWords(-leftMs)} ago`
}

/**
 * An instant as seen from now: `just now`, `12 min ago`, `in 3 days`; further than thirty days away it is a date. The date is in UTC,
 * so that server and browser write the same.
 *
 * @param atMs epoch milliseconds
 * @param nowMs epoch milliseconds
 */
export function relativeWords(atMs: number, nowMs: number): string {
  const distance = Math.abs(nowMs - atMs)
  if (distance < 45 * second) return atMs > nowMs ? 'in a moment' : 'just now'
  if (distance > 30 * day) return dateWords(atMs)
  const words = lengthWords(Math.max(distance, minute))
  return atMs > nowMs ? `in ${words}` : `${words} ago`
}

/** `12 Mar 2026`, in UTC. @param atMs epoch milliseconds */
export function dateWords(atMs: number): string {
  const at = new Date(atMs)
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}

/** `2026-03-12 09:05:07 UTC`. @param atMs epoch milliseconds */
export function utcWords(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** `12 Mar 2026, 10:05:07 GMT+1`, in the reader's own zone: for the browser only. @param atMs epoch milliseconds */
export function localWords(atMs: number, timeZone?: string): string {
  const at = new Date(atMs)
  const parts = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  })
  return parts.format(at)
}
