import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBucketRounds } from './bucket-rounds'
import { addTaken, hold, type LocalBucket, localBucket } from './local-bucket'

const roundMs = 500

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function makeRounds(count: number) {
  const buckets = new Map<string, LocalBucket>()
  const began = Date.now()
  const monotonicMs = () => Date.now() - began
  for (let n = 0; n < count; n += 1) {
    const bucket = `outreach:user:1:${n}`
    buckets.set(bucket, localBucket({ bucket, provider: 'outreach', agreed: null, bypassed: false }))
  }
  const told: string[] = []
  const rounds = createBucketRounds({
    buckets,
    monotonicMs,
    tell(bucket) {
      bucket.taken.clear()
      bucket.flown.clear()
      bucket.exchangedAtMs = monotonicMs()
      told.push(bucket.facts.bucket)
    },
  })
  return { buckets, told, rounds }
}

describe('rounds of many buckets', () => {
  test('tell each that has news, once', async () => {
    const { buckets, told, rounds } = makeRounds(2_000)
    const some = [...buckets.values()].filter((_, n) => n % 2 === 0)
    for (const bucket of some) addTaken(bucket, 1, 1)
    rounds.plan()
    await vi.advanceTimersByTimeAsync(3 * roundMs)
    expect(told).toEqual(some.map(({ facts }) => facts.bucket))
  })

  test('let others go on in between, and do not begin anew meanwhile', async () => {
    const { buckets, told, rounds } = makeRounds(1_000)
    for (const bucket of buckets.values()) addTaken(bucket, 1, 1)
    rounds.plan()
    vi.advanceTimersByTime(roundMs)
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThan(1_000)
    rounds.plan()
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(roundMs - 1)
    expect(told).toHaveLength(1_000)
  })

  test('give back what was held too long, and forget what nobody asks for', async () => {
    const { buckets, told, rounds } = makeRounds(300)
    for (const bucket of buckets.values()) hold(bucket, { slot: 1, left: 5, untilMs: roundMs })
    rounds.plan()
    await vi.advanceTimersByTimeAsync(2 * roundMs)
    expect(told).toHaveLength(300)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(buckets.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('end when they are closed, wherever they are', async () => {
    const { buckets, told, rounds } = makeRounds(1_000)
    for (const bucket of buckets.values()) addTaken(bucket, 1, 1)
    rounds.plan()
    vi.advanceTimersByTime(roundMs)
    const before = told.length
    rounds.close()
    await vi.advanceTimersByTimeAsync(10 * roundMs)
    expect(told).toHaveLength(before)
  })
})
