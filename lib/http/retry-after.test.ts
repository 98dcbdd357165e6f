import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHttpDate, parseIsoInstant } from './instant'
import { aheadMaxMs, parseInstantHeader, parseRetryAfter, retryAfterMs } from './retry-after'

const now = new Date('2026-03-01T12:00:00.000Z')
const inMs = (value: string | null) => {
  const at = parseRetryAfter(value, now)
  return at === null ? null : at.getTime() - now.getTime()
}

describe('Retry-After', () => {
  it.each([
    ['60', 60_000],
    ['0', 0],
    [' 1.5 ', 1500],
    ['30, 30', 30_000],
    ['Sun, 01 Mar 2026 12:01:00 GMT', 60_000],
    ['Sunday, 01-Mar-26 12:01:00 GMT', 60_000],
    ['Sun Mar  1 12:01:00 2026', 60_000],
    ['2026-03-01T12:01:00Z', 60_000],
    ['2026-03-01T12:01:00', 60_000],
    ['2026-03-01T14:01:00.000+02:00', 60_000],
    ['2026-03-01T12:01:00Z, 2026-03-01T13:00:00Z', 60_000],
    [String(now.getTime() / 1000 + 90), 90_000],
    [String(now.getTime() + 90), 90],
  ])('reads %s', (value, ms) => {
    expect(inMs(value)).toBe(ms)
  })

  it.each([
    null,
    '',
    'soon',
    '-5',
    '1e3',
    'NaN',
    '2026-13-45T00:00:00Z',
    'Thu, 99 Xxx 2026 12:01:00 GMT',
    '12 minutes',
  ])('does not guess at %s', (value) => {
    expect(inMs(value)).toBeNull()
  })

  it('keeps the past at now and the far future at a day', () => {
    expect(inMs('2020-01-01T00:00:00Z')).toBe(0)
    expect(inMs('1000000001')).toBe(0)
    expect(inMs('999999999')).toBe(aheadMaxMs)
    expect(inMs('2099-01-01T00:00:00Z')).toBe(aheadMaxMs)
  })

  it('is a wait in milliseconds for whoever has headers', () => {
    expect(retryAfterMs(new Headers({ 'retry-after': '7' }), now)).toBe(7000)
    expect(retryAfterMs(new Headers(), now)).toBeNull()
  })

  it('never throws, and never waits longer than a day or into the past', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (value) => {
        const ms = inMs(value)
        expect(ms === null || (ms >= 0 && ms <= aheadMaxMs)).toBe(true)
      }),
    )
  })

  it('reads back every instant it is told, in each form', () => {
    const seconds = fc.integer({ min: 1_600_000_000, max: 2_400_000_000 })
    fc.assert(
      fc.property(seconds, (epoch) => {
        const at = new Date(epoch * 1000)
        for (const form of [String(epoch), String(epoch * 1000), at.toISOString(), at.toUTCString()])
          expect(parseInstantHeader(form, now)).toEqual(at)
      }),
    )
  })
})

describe('instants', () => {
  it('reads ISO-8601 without a zone as UTC', () => {
    expect(parseIsoInstant('2019-01-01T00:00:00')).toEqual(new Date('2019-01-01T00:00:00Z'))
    expect(parseIsoInstant('2019-01-01')).toEqual(new Date('2019-01-01T00:00:00Z'))
    expect(parseIsoInstant('2019-06-01 10:20:30.250 +0530')).toEqual(new Date('2019-06-01T04:50:30.250Z'))
    expect(parseIsoInstant('2019-06-01t10:20z')).toEqual(new Date('2019-06-01T10:20:00Z'))
  })

  it('reads nothing else', () => {
    for (const text of ['', '1', 'today', 'March 1, 2026', '2026-03-01T', '2026-02-30T25:00:00Z'])
      expect(parseIsoInstant(text)).toBeNull()
    for (const text of ['', '1', '2026-03-01', 'Sun, 1 Mar 2026', 'Sun, 01 Mar 2026 12:01:00 +0200'])
      expect(parseHttpDate(text)).toBeNull()
  })
})
