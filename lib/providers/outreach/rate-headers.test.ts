import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOutreachRate } from './rate-headers'

const at = new Date('2026-03-01T12:00:00.000Z')
const hourLater = new Date('2026-03-01T13:00:00.000Z')
const read = (headers: Record<string, string>, status = 200) =>
  readOutreachRate({ status, headers: new Headers(headers), at })

describe('Outreach’s rate headers', () => {
  it('are limit, remaining and reset', () => {
    expect(
      read({ 'x-ratelimit-limit': '10000', 'x-ratelimit-remaining': '9990', 'x-ratelimit-reset': '3600' }),
    ).toEqual({
      limit: 10000,
      remaining: 9990,
      resetsAt: hourLater,
      retryAt: null,
    })
  })

  it('count the first of two values, and read both spellings', () => {
    expect(read({ 'x-ratelimit-remaining': '9999, 249999' })).toMatchObject({ remaining: 9999 })
    expect(read({ 'x-rate-limit-limit': '10000,250000', 'x-rate-limit-remaining': '1' })).toMatchObject({
      limit: 10000,
      remaining: 1,
    })
  })

  it.each([
    ['3600'],
    [String(hourLater.getTime() / 1000)],
    [`${hourLater.getTime() / 1000}, 1772400000`],
    ['2026-03-01T13:00:00Z'],
    ['2026-03-01T13:00:00'],
    ['Sun, 01 Mar 2026 13:00:00 GMT'],
  ])('read a reset of %s', (reset) => {
    expect(read({ 'x-ratelimit-reset': reset })?.resetsAt).toEqual(hourLater)
  })

  it('take the next try of a 429 from Retry-After, else from the reset', () => {
    expect(read({ 'retry-after': '60', 'x-ratelimit-reset': '3600' }, 429)?.retryAt).toEqual(
      new Date(at.getTime() + 60_000),
    )
    expect(read({ 'x-ratelimit-reset': '3600', 'x-ratelimit-remaining': '0' }, 429)?.retryAt).toEqual(
      hourLater,
    )
    expect(read({ 'retry-after': '2026-03-01T13:00:00Z' }, 503)?.retryAt).toEqual(hourLater)
    expect(read({ 'retry-after': '60', 'x-ratelimit-limit': '1' })?.retryAt).toBeNull()
  })

  it('are none without figures, and an absurd reset is not believed', () => {
    expect(read({})).toBeNull()
    expect(
      read({ 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': 'later' }),
    ).toBeNull()
    expect(
      read({ 'x-ratelimit-limit': '5', 'x-ratelimit-reset': '2099-01-01T00:00:00Z' })?.resetsAt,
    ).toBeNull()
    expect(read({}, 429)).toBeNull()
  })

  it('never throw and give only whole figures', () => {
    const value = fc.oneof(
      fc.stringMatching(/^[\x20-\x7e]*$/),
      fc.nat().map(String),
      fc.tuple(fc.nat(), fc.nat()).map(String),
    )
    fc.assert(
      fc.property(value, value, value, fc.constantFrom(200, 429, 503), (limit, remaining, reset, status) => {
        const headers = {
          'x-ratelimit-limit': limit,
          'x-ratelimit-remaining': remaining,
          'x-ratelimit-reset': reset,
        }
        const reading = read(headers, status)
        for (const figure of [reading?.limit, reading?.remaining])
          expect(figure === null || figure === undefined || Number.isSafeInteger(figure)).toBe(true)
      }),
    )
  })
})
