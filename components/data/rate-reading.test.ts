import { describe, expect, it } from 'vitest'
import { groupDigits, type RateView, rateState } from './rate-reading'

const now = Date.UTC(2026, 0, 1)
const view: RateView = {
  limit: 300,
  used: 10,
  remaining: 290,
  resetsAt: new Date(now + 60_000),
  source: 'headers',
  asOf: new Date(now),
  stale: false,
  last429At: null,
}

describe('rateState', () => {
  it.each<[string, Partial<RateView>, ReturnType<typeof rateState>]>([
    ['plenty is left', {}, 'ok'],
    ['four fifths are used', { used: 240 }, 'near_limit'],
    ['everything is used', { used: 300, remaining: 0 }, 'at_limit'],
    ['the provider says nothing remains', { used: 299, remaining: 0 }, 'at_limit'],
    ['a full window has been reset since', { used: 300, remaining: 0, resetsAt: new Date(now) }, 'ok'],
    ['nothing was reported', { asOf: null }, 'not_reported'],
    ['only a count without a limit is known', { limit: null }, 'not_reported'],
    ['the provider publishes no limit', { source: 'not_published', limit: null }, 'not_published'],
    ['the agreed one is not entered', { source: 'not_entered', limit: null }, 'not_entered'],
  ])('tells when %s', (_words, part, state) => {
    expect(rateState({ ...view, ...part }, now)).toBe(state)
  })
})

describe('groupDigits', () => {
  it('groups by thousands', () => {
    expect([0, 999, 1000, 1234567].map(groupDigits)).toEqual(['0', '999', '1,000', '1,234,567'])
  })
})
