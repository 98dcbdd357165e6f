import { describe, expect, it } from 'vitest'
import { rateHeaders } from './rate-headers'

const nowMs = Date.UTC(2026, 0, 5, 9, 40)
const window = { limit: 10_000, used: 12, resetAtMs: Date.UTC(2026, 0, 5, 10) }

describe('the rate headers', () => {
  it('show one number and epoch seconds', () => {
    expect(rateHeaders(window, { remaining: 'one', reset: 'epoch' }, nowMs)).toEqual({
      'x-ratelimit-limit': '10000',
      'x-ratelimit-remaining': '9988',
      'x-ratelimit-reset': String(window.resetAtMs / 1_000),
    })
  })

  it('can show two numbers', () => {
    const headers = rateHeaders(window, { remaining: 'two', reset: 'epoch' }, nowMs)
    expect(headers['x-ratelimit-remaining']).toBe('9988, 999988')
  })

  it.each([
    ['iso', '2026-01-05T10:00:00.000Z'],
    ['delta', '1200'],
  ] as const)('can write the reset as %s', (reset, text) => {
    expect(rateHeaders(window, { remaining: 'one', reset }, nowMs)['x-ratelimit-reset']).toBe(text)
  })

  it('never go below zero', () => {
    const spent = rateHeaders({ ...window, used: 10_003 }, { remaining: 'one', reset: 'delta' }, nowMs)
    expect(spent['x-ratelimit-remaining']).toBe('0')
  })
})
