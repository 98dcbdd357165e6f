import { describe, expect, test } from 'vitest'
import { isDue, nextRotationAt, nextTryAt, pairExpiry, throttledUntil } from './plan'

const now = Date.parse('2026-09-01T12:00:00Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (ms: number) => new Date(now + ms)

describe('expiry of a pair', () => {
  test('the answer comes before the policy', () => {
    const policy = { accessTtlMs: 2 * hour, refreshTtlMs: 14 * day }
    expect(pairExpiry(policy, { accessExpiresAt: at(minute), refreshExpiresAt: at(day) }, now)).toEqual({
      accessExpiresAt: at(minute),
      refreshExpiresAt: at(day),
    })
    expect(pairExpiry(policy, { accessExpiresAt: null, refreshExpiresAt: null }, now)).toEqual({
      accessExpiresAt: at(2 * hour),
      refreshExpiresAt: at(14 * day),
    })
  })

  test('a refresh token without a known end has none', () => {
    const policy = { accessTtlMs: hour, refreshTtlMs: null }
    expect(
      pairExpiry(policy, { accessExpiresAt: null, refreshExpiresAt: null }, now).refreshExpiresAt,
    ).toBeNull()
  })
})

describe('whether a token is due', () => {
  test('it is due once it does not last as long as asked', () => {
    expect(isDue({ accessExpiresAt: at(5 * minute) }, 5 * minute, now)).toBe(false)
    expect(isDue({ accessExpiresAt: at(5 * minute - 1) }, 5 * minute, now)).toBe(true)
    expect(isDue({ accessExpiresAt: at(-1) }, 0, now)).toBe(true)
    expect(isDue({ accessExpiresAt: null }, hour, now)).toBe(false)
  })
})

describe('the next rotation', () => {
  const pair = {
    obtainedAt: at(0),
    accessExpiresAt: at(2 * hour),
    refreshExpiresAt: at(14 * day),
    renewable: true,
    lastUsedAt: null,
  }

  test('goes before the access token ends', () => {
    expect(nextRotationAt({ marginMs: 10 * minute, keepAliveMs: null }, pair, 0)).toEqual(at(110 * minute))
  })

  test('jitter only makes it earlier', () => {
    expect(nextRotationAt({ marginMs: 10 * minute, keepAliveMs: null }, pair, 1)).toEqual(at(109 * minute))
  })

  test('a keep-alive replaces the clock of the access token', () => {
    const policy = { marginMs: 10 * minute, keepAliveMs: day }
    expect(nextRotationAt(policy, pair, 0)).toEqual(at(day - 10 * minute))
  })

  test('of a connection in use goes before the access token ends as well', () => {
    const policy = { marginMs: 10 * minute, keepAliveMs: day }
    const used = (agoMs: number) => nextRotationAt(policy, { ...pair, lastUsedAt: at(-agoMs) }, 0)
    expect(used(2 * hour - 1)).toEqual(at(110 * minute))
    expect(used(2 * hour)).toEqual(at(day - 10 * minute))
  })

  test('never later than the refresh token lives', () => {
    const policy = { marginMs: 10 * minute, keepAliveMs: 30 * day }
    expect(nextRotationAt(policy, pair, 0)).toEqual(at(14 * day - 10 * minute))
  })

  test('a pair that nothing can renew has none', () => {
    const policy = { marginMs: minute, keepAliveMs: null }
    expect(nextRotationAt(policy, { ...pair, renewable: false }, 0)).toBeNull()
  })

  test('of a token that lives shorter than the margin is at half its life, and not within a minute', () => {
    const policy = { marginMs: hour, keepAliveMs: null }
    const living = (lifeMs: number) => nextRotationAt(policy, { ...pair, accessExpiresAt: at(lifeMs) }, 1)
    expect(living(10 * minute)).toEqual(at(5 * minute))
    expect(living(minute)).toEqual(at(minute))
    expect(living(0)).toEqual(at(minute))
  })
})

describe('the mint throttle', () => {
  test('holds for its interval after the newest mint', () => {
    const policy = { mintIntervalMs: minute }
    expect(throttledUntil(policy, at(-30_000), now)).toEqual(at(30_000))
    expect(throttledUntil(policy, at(-minute), now)).toBeNull()
    expect(throttledUntil(policy, null, now)).toBeNull()
    expect(throttledUntil({ mintIntervalMs: null }, at(0), now)).toBeNull()
  })
})

describe('back-off', () => {
  test('doubles from one minute to an hour', () => {
    expect([1, 2, 3, 7, 40].map((count) => nextTryAt(count, null, now).getTime() - now)).toEqual([
      minute,
      2 * minute,
      4 * minute,
      hour,
      hour,
    ])
  })

  test('a connection that keeps failing costs at most thirty calls a day', () => {
    let clock = now
    let calls = 0
    while (clock < now + day) {
      calls += 1
      clock = nextTryAt(calls, null, clock).getTime()
    }
    expect(calls).toBeLessThanOrEqual(30)
  })

  test('waits as long as the provider asks, and a day at most', () => {
    expect(nextTryAt(1, 10 * minute, now)).toEqual(at(10 * minute))
    expect(nextTryAt(1, 90 * day, now)).toEqual(at(day))
  })
})
