import { expect, it } from 'vitest'
import { attemptsMax, nextTryAt, retryDelaysMs } from './retry-schedule'

const now = new Date('2026-11-21T05:00:00Z')
const wait = (attempts: number, facts: { retryAfterMs?: number; jitter?: number } = {}) => {
  const next = nextTryAt({ attempts, now, retryAfterMs: null, jitter: 0, ...facts })
  return next && next.getTime() - now.getTime()
}

it('waits longer after each try that failed, three days in all, and gives up after the tenth', () => {
  const waits = Array.from({ length: attemptsMax }, (_, tries) => wait(tries + 1))
  expect(waits).toEqual([...retryDelaysMs, null])
  expect(waits[0]).toBe(5_000)
  const total = retryDelaysMs.reduce((sum, each) => sum + each, 0)
  expect(total).toBeGreaterThan(3 * 24 * 60 * 60 * 1000)
})

it('spreads tries by up to a fifth, and never comes early', () => {
  expect(wait(2, { jitter: 1 })).toBe(360_000)
  expect(wait(2, { jitter: 0.5 })).toBe(330_000)
})

it('waits as long as the receiver asks, and never shorter than planned', () => {
  expect(wait(1, { retryAfterMs: 600_000 })).toBe(600_000)
  expect(wait(3, { retryAfterMs: 1_000 })).toBe(30 * 60_000)
})
