import { describe, expect, it } from 'vitest'
import { workersStoppedSince } from './workers'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('tokens count as not being renewed', () => {
  it.each([
    ['not while a worker beats', ago(15), ago(9_000), null],
    ['not within two minutes of the last beat: a worker may be starting anew', ago(120), ago(9_000), null],
    ['from the last beat on, once two minutes have passed', ago(121), ago(9_000), ago(121)],
    ['from the first process on, when no worker was ever there', null, ago(300), ago(300)],
    ['not when the first process has just come', null, ago(30), null],
    ['not before any process has told', null, null, null],
    ['not when a beat seems to come from the future', ago(-60), ago(9_000), null],
  ])('%s', (_words, lastBeatAt, watchedSince, since) => {
    expect(workersStoppedSince({ lastBeatAt, watchedSince }, now)).toEqual(since)
  })
})
