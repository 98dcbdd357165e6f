import { describe, expect, test } from 'vitest'
import { addTaken, isForgettable, localBucket } from './local-bucket'

const facts = { bucket: 'envoy:connection:con_1', provider: 'envoy', agreed: null, bypassed: false } as const

describe('a bucket that nobody asks for', () => {
  test('is forgotten when what is known of it is too old to be believed', () => {
    const bucket = localBucket(facts)
    expect(isForgettable(bucket, 10_000)).toBe(false)
    expect(isForgettable(bucket, 10_001)).toBe(true)
  })

  test('is kept while there is something to tell, or a call under way', () => {
    const untold = localBucket(facts)
    addTaken(untold, 1, 1)
    expect(isForgettable(untold, 3_600_000)).toBe(false)
    expect(isForgettable({ ...localBucket(facts), open: 1 }, 3_600_000)).toBe(false)
  })

  test('is kept through the longest silence after 429s in a row, so that the next one is longer', () => {
    const refused = { ...localBucket(facts), strikes: 5 }
    expect(isForgettable(refused, 300_000)).toBe(false)
    expect(isForgettable(refused, 600_001)).toBe(true)
  })
})
