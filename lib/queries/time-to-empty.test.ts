import { expect, it } from 'vitest'
import { paceMs, timeToEmpty } from './time-to-empty'

const minuteMs = 60_000

it.each([
  ['it ends before it is renewed', { remaining: 200, resetsInMs: 60 * minuteMs, calls: 150 }, 20 * minuteMs],
  ['nothing is known of a renewal', { remaining: 10, resetsInMs: null, calls: 10 }, paceMs],
])('tells when %s', (_words, input, ms) => {
  expect(timeToEmpty({ rolling: null, ...input })).toEqual({ kind: 'empties', ms })
})

it.each([
  ['it is renewed first', { remaining: 200, resetsInMs: 10 * minuteMs, calls: 150 }, 'not_at_this_pace'],
  ['both come at once', { remaining: 15, resetsInMs: 15 * minuteMs, calls: 15 }, 'not_at_this_pace'],
  ['nobody calls', { remaining: 200, resetsInMs: null, calls: 0 }, 'no_calls'],
  ['nothing remains', { remaining: 0, resetsInMs: minuteMs, calls: 9 }, 'at_limit'],
  ['nothing is known', { remaining: null, resetsInMs: null, calls: 9 }, 'not_known'],
])('says so when %s', (_words, input, kind) => {
  expect(timeToEmpty({ rolling: null, ...input })).toEqual({ kind })
})

it('says that calls are held when only what is kept for renewals remains, also when none came lately', () => {
  const input = {
    remaining: 5,
    resetsInMs: null,
    rolling: { limit: 300, windowMs: 5 * minuteMs },
    calls: 359,
  }
  expect(timeToEmpty(input)).toEqual({ kind: 'not_at_this_pace' })
  expect(timeToEmpty({ ...input, isHeld: true })).toEqual({ kind: 'held' })
  expect(timeToEmpty({ ...input, isHeld: true, calls: 0 })).toEqual({ kind: 'held' })
  expect(timeToEmpty({ ...input, isHeld: true, remaining: null })).toEqual({ kind: 'held' })
})

it('minds that a window which rolls gives calls back all the time', () => {
  const input = { remaining: 20, resetsInMs: null, rolling: { limit: 300, windowMs: 5 * minuteMs } }
  expect(timeToEmpty({ ...input, calls: 900 })).toEqual({ kind: 'not_at_this_pace' })
  expect(timeToEmpty({ ...input, calls: 1_200 })).toEqual({ kind: 'empties', ms: 15_000 })
})
