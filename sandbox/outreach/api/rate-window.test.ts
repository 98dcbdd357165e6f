import { expect, it } from 'vitest'
import { type Counters, countRequest, setRemaining } from './rate-window'

const nowMs = Date.UTC(2026, 0, 5, 9, 40)

it('counts each bucket by itself, until the hour ends', () => {
  const counters: Counters = {}
  countRequest(counters, 'a', nowMs)
  expect(countRequest(counters, 'a', nowMs)).toEqual({
    limit: 10_000,
    used: 2,
    resetAtMs: Date.UTC(2026, 0, 5, 10),
    over: false,
  })
  expect(countRequest(counters, 'b', nowMs).used).toBe(1)
  expect(countRequest(counters, 'a', Date.UTC(2026, 0, 5, 10)).used).toBe(1)
})

it('lets the ten-thousandth request pass and refuses the next', () => {
  const counters: Counters = {}
  setRemaining(counters, 'a', 1, nowMs)
  expect(countRequest(counters, 'a', nowMs)).toMatchObject({ used: 10_000, over: false })
  expect(countRequest(counters, 'a', nowMs)).toMatchObject({ used: 10_000, over: true })
  expect(countRequest(counters, 'a', nowMs + 3_600_000)).toMatchObject({ used: 1, over: false })
})
