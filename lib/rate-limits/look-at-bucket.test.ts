import { describe, expect, test } from 'vitest'
import { bucketRules } from './bucket-rules'
import { roomOf, type SeenBucket } from './look-at-bucket'
import { slotAt } from './slots'

const nowMs = Date.parse('2026-11-02T10:00:00Z')
const outreach = bucketRules({ provider: 'outreach', agreed: null, bypassed: false })
const envoy = bucketRules({ provider: 'envoy', agreed: null, bypassed: false })

function seen(more: Partial<SeenBucket> = {}): SeenBucket {
  return {
    limit: 10_000,
    remaining: 4_000,
    resetsAt: new Date(nowMs + 600_000),
    source: 'headers',
    asOf: new Date(nowMs - 1_000),
    blockedUntil: null,
    windowS: 3_600,
    slots: { [slotAt(outreach, nowMs)]: 300 },
    inFlight: { [slotAt(outreach, nowMs)]: 7 },
    ...more,
  }
}

describe('what is left of a bucket that was looked at', () => {
  test('is what the header says, less the calls under way and the reserve', () => {
    expect(roomOf(outreach, seen(), nowMs)).toBe(4_000 - 7 - 50)
  })

  test('is the limit less what was counted, where the header’s time is over', () => {
    expect(roomOf(outreach, seen({ resetsAt: new Date(nowMs) }), nowMs)).toBe(10_000 - 300 - 50)
    const asOf = new Date(nowMs - 3_600_000)
    expect(roomOf(outreach, seen({ asOf, resetsAt: null }), nowMs)).toBe(10_000 - 300 - 50)
    expect(roomOf(outreach, seen({ source: 'own_count', remaining: 1 }), nowMs)).toBe(10_000 - 300 - 50)
  })

  test('counts no slots of a window of another length, and nothing where nothing was counted', () => {
    expect(roomOf(outreach, seen({ source: 'own_count', windowS: 60 }), nowMs)).toBe(10_000 - 50)
    expect(roomOf(outreach, null, nowMs)).toBe(10_000 - 50)
  })

  test('is nothing while the provider wants silence', () => {
    expect(roomOf(outreach, seen({ blockedUntil: new Date(nowMs + 1) }), nowMs)).toBe(0)
    expect(roomOf(envoy, seen({ blockedUntil: new Date(nowMs + 1) }), nowMs)).toBe(0)
    expect(roomOf(outreach, seen({ blockedUntil: new Date(nowMs) }), nowMs)).toBe(4_000 - 7 - 50)
  })

  test('has no end where no limit is known', () => {
    const counted = seen({ source: 'own_count', remaining: null, limit: null })
    expect(roomOf(envoy, counted, nowMs)).toBe(Number.POSITIVE_INFINITY)
  })
})
