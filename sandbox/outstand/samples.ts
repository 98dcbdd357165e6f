/** Words and moments that the computed rows are made of. */
const FIRST = ['John', 'Maria', 'Ivy', 'Pavel', 'Grace', 'Noor', 'Théo', 'Aiko', 'Bola', 'Inês']
const LAST = ['Smith', 'Okafor', 'Lindqvist', 'Moreau', 'Sato', "O'Neill", 'Fernández', 'Kowalski', 'Abebe']
const COMPANIES = ['Trouble, Inc.', 'Northwynd', 'Lark & Sons', 'Blue Ridge Title', 'Acme Roofing']
const TITLES = ['Vice President', 'Regional Manager', 'Owner', 'Chief Troublemaker']
const CITIES = ['Lynchburg', 'Harrisonburg', 'Richmond', 'Roanoke']

const FIRST_DAY_MS = Date.UTC(2024, 0, 8, 14)
const STEP_MS = 7 * 3_600_000

function pick(list: readonly string[], n: number): string {
  return list[n % list.length] ?? ''
}

/** Each of these gives the n-th value of its kind, the same one every time. */
export const firstName = (n: number) => pick(FIRST, n)
export const lastName = (n: number) => pick(LAST, Math.floor(n / 3))
export const companyName = (n: number) => pick(COMPANIES, n)
export const title = (n: number) => pick(TITLES, n)
export const city = (n: number) => pick(CITIES, n)
export const letter = (n: number) => String.fromCharCode(65 + (n % 26))
export const email = (n: number) => `contact${n + 1}@people.example`
export const phone = (n: number) => `434-555-${String(1_000 + n).padStart(4, '0')}`
/** The n-th moment, in ms. */
export const momentMs = (n: number) => FIRST_DAY_MS + n * STEP_MS
/** ISO 8601 in seconds, as the documents write times. */
export const isoTime = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
/** The n-th moment in seconds since the epoch. */
export const epochS = (n: number) => Math.floor(momentMs(n) / 1_000)
