import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aheadMaxMs, parseInstantHeader, parseRetryAfter } from '../http/retry-after'
import { readOutreachRate } from './outreach/rate-headers'
import { readRetryAfterOnly } from './retry-after-only'

const at = new Date('2026-11-02T10:00:00Z')
const epochS = at.getTime() / 1000

/** What a header may hold: figures small and huge, two of them, instants in every spelling, and anything else. */
const figure = fc.oneof(
  fc.nat(20_000).map(String),
  fc.bigInt().map(String),
  fc.double().map(String),
  fc.tuple(fc.nat(), fc.nat()).map(([one, other]) => `${one}, ${other}`),
  fc.constantFrom('', ' ', '-1', '1e309', '0x10', 'NaN', 'Infinity', '10000;w=3600', '9999.0'),
)
const instant = fc.oneof(
  figure,
  fc.integer({ min: -100_000, max: 100_000 }).map((seconds) => String(epochS + seconds)),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.constantFrom(
    '2026-11-02T10:05:00',
    '2026-11-02 10:05:00Z',
    'Mon, 02 Nov 2026 10:05:00 GMT',
    '2026-99-99T99:99:99Z',
  ),
  fc.stringMatching(/^[\x20-\x7e]{0,60}$/),
)
const status = fc.constantFrom(200, 204, 401, 403, 404, 429, 500, 503)

const spellings = fc.constantFrom('x-ratelimit', 'x-rate-limit', 'X-RateLimit')
const headers = fc
  .record(
    { spelling: spellings, limit: figure, remaining: figure, reset: instant, retryAfter: instant },
    { requiredKeys: ['spelling'] },
  )
  .map(({ spelling, limit, remaining, reset, retryAfter }) => {
    const told = new Headers()
    if (limit !== undefined) told.set(`${spelling}-limit`, limit)
    if (remaining !== undefined) told.set(`${spelling}-remaining`, remaining)
    if (reset !== undefined) told.set(`${spelling}-reset`, reset)
    if (retryAfter !== undefined) told.set('retry-after', retryAfter)
    return told
  })

/** What the pages and the permits may be given. */
function expectSane(count: number | null): void {
  if (count === null) return
  expect(Number.isSafeInteger(count)).toBe(true)
  expect(count).toBeGreaterThanOrEqual(0)
  expect(count).toBeLessThanOrEqual(1_000_000_000)
}

function expectWithinADay(date: Date | null): void {
  if (date) expect(Math.abs(date.getTime() - at.getTime())).toBeLessThanOrEqual(aheadMaxMs)
}

describe('rate headers, whatever they hold,', () => {
  it('of Outreach are read as sane figures or not at all', () => {
    fc.assert(
      fc.property(status, headers, (code, told) => {
        const reading = readOutreachRate({ status: code, headers: told, at })
        if (!reading) return
        expectSane(reading.limit)
        expectSane(reading.remaining)
        expectWithinADay(reading.resetsAt)
        expectWithinADay(reading.retryAt)
        if (reading.retryAt) expect(reading.retryAt.getTime()).toBeGreaterThanOrEqual(at.getTime())
        if (code !== 429 && code !== 503) expect(reading.retryAt).toBeNull()
      }),
    )
  })

  it('of the others tell when to try again, and nothing else', () => {
    fc.assert(
      fc.property(status, headers, (code, told) => {
        const reading = readRetryAfterOnly({ status: code, headers: told, at })
        if (!reading) return
        expect([429, 503]).toContain(code)
        expect(reading).toMatchObject({ limit: null, remaining: null, resetsAt: null })
        expectWithinADay(reading.retryAt)
      }),
    )
  })
})

describe('an instant', () => {
  it('is valid, or not read', () => {
    fc.assert(
      fc.property(fc.oneof(instant, fc.string()), (text) => {
        const told = parseInstantHeader(text, at)
        if (told) expect(Number.isNaN(told.getTime())).toBe(false)
        expectWithinADay(parseRetryAfter(text, at))
      }),
    )
  })

  it('is the same in every form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), (seconds) => {
        const told = new Date(at.getTime() + seconds * 1000)
        const forms = [
          String(seconds),
          `${seconds}, 99999`,
          String(epochS + seconds),
          String(told.getTime()),
          told.toISOString(),
          told.toUTCString(),
        ]
        for (const form of forms) expect(parseRetryAfter(form, at)).toEqual(told)
      }),
    )
  })
})
