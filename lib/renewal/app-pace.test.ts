import { expect, test } from 'vitest'
import { comeBackMs, keepPace, unknownPace, waitersMax } from './app-pace'

test('the first callers of an app may wait, however many', () => {
  expect(waitersMax(unknownPace(0))).toBe(Number.POSITIVE_INFINITY)
})

test('as many may wait as calls ended in this span or in the one before', () => {
  const pace = unknownPace(0)
  pace.ended = 60
  keepPace(pace, 100, 100)
  expect(waitersMax(pace)).toBe(60)
  pace.ended = 70
  expect(waitersMax(pace)).toBe(70)
})

test('nobody may wait where no call has ended for two spans', () => {
  const pace = unknownPace(0)
  pace.ended = 60
  keepPace(pace, 100, 200)
  expect(waitersMax(pace)).toBe(0)
})

test('the more are sent away in a span, the later they come back', () => {
  const pace = unknownPace(0)
  expect(comeBackMs(pace)).toBe(20_000)
  pace.sentAway = 1_000
  expect(comeBackMs(pace)).toBe(40_000)
  pace.sentAway = 10_000
  expect(comeBackMs(pace)).toBe(120_000)
  keepPace(pace, 100, 100)
  expect(comeBackMs(pace)).toBe(20_000)
})
