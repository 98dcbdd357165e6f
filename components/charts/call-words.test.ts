import { describe, expect, it } from 'vitest'
import type { CallBin, CallCounts } from '@/lib/core/call-counts'
import { callsSummary, countsWords } from './call-words'

const none = { ok: 0, refused: 0, limited: 0, held: 0, failed: 0 }

function bin(hour: number, calls: Partial<CallCounts> | null): CallBin {
  const from = new Date(Date.UTC(2026, 10, 21, hour))
  return { from, to: new Date(from.getTime() + 900_000), calls: calls && { ...none, ...calls } }
}

describe('callsSummary', () => {
  it('says how many calls, what became of them and when there were most', () => {
    const bins = [
      bin(9, { ok: 1200, refused: 2 }),
      bin(10, null),
      bin(11, { limited: 3, held: 4, failed: 1 }),
    ]
    expect(callsSummary(bins, 'in the last 24 hours')).toBe(
      '1,210 calls in the last 24 hours: 1,200 succeeded, 2 were refused (4xx), 3 were answered 429 by the provider, 4 were held by Patchbay, 1 failed or was given up. Most at 21 Nov, 09:00–09:15 UTC: 1,202.',
    )
  })

  it('says that there was none', () => {
    expect(callsSummary([bin(9, {}), bin(10, null)], 'in the last 30 days')).toBe(
      'No call through Patchbay in the last 30 days.',
    )
  })
})

describe('countsWords', () => {
  it('tells no calls from no connection', () => {
    expect([countsWords(none), countsWords(null), countsWords({ ...none, ok: 1 })]).toEqual([
      'no calls',
      'not connected yet',
      '1 call: 1 succeeded',
    ])
  })

  it('speaks of one call as of one', () => {
    expect(countsWords({ ok: 1, refused: 1, limited: 1, held: 1, failed: 1 })).toBe(
      '5 calls: 1 succeeded, 1 was refused (4xx), 1 was answered 429 by the provider, 1 was held by Patchbay, 1 failed or was given up',
    )
  })
})
