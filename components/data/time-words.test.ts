import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clockWords,
  countdownWords,
  dateWords,
  lengthWords,
  localWords,
  relativeWords,
  utcWords,
} from './time-words'

const now = Date.UTC(2026, 2, 12, 9, 5, 7)
const s = 1_000
const min = 60 * s
const h = 60 * min
const day = 24 * h

describe('relativeWords', () => {
  it.each([
    [0, 'just now'],
    [-44 * s, 'just now'],
    [-46 * s, '1 min ago'],
    [-59 * min, '59 min ago'],
    [-60 * min, '1 h ago'],
    [-47 * h, '47 h ago'],
    [-48 * h, '2 days ago'],
    [-30 * day, '30 days ago'],
    [-31 * day, '9 Feb 2026'],
    [20 * s, 'in a moment'],
    [90 * min, 'in 1 h'],
    [3 * day, 'in 3 days'],
    [60 * day, '11 May 2026'],
  ])('writes %d ms away as "%s"', (distance, words) => {
    expect(relativeWords(now + distance, now)).toBe(words)
  })

  it('never says "0 min" or a negative number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90 * day, max: 90 * day }), (distance) => {
        expect(relativeWords(now + distance, now)).not.toMatch(/(^|\s)0 |-/)
      }),
    )
  })
})

describe('clockWords', () => {
  it.each([
    [-5, '0 s'],
    [12 * s, '12 s'],
    [4 * min + 9 * s, '4 min 09 s'],
    [h + 5 * min, '1 h 05 min'],
    [day, '1 day'],
    [2 * day + 3 * h, '2 days 3 h'],
    [13 * day + 20 * h, '13 days'],
  ])('writes %d ms as "%s"', (length, words) => {
    expect(clockWords(length)).toBe(words)
  })
})

describe('countdownWords', () => {
  it('turns from what is left to what has passed', () => {
    expect(countdownWords(61 * s, 'Expired')).toBe('in 1 min 01 s')
    expect(countdownWords(0, 'Expired')).toBe('Expired just now')
    expect(countdownWords(-2 * h, 'Expired')).toBe('Expired 2 h ago')
  })
})

describe('the forms of one instant', () => {
  it('are the same on every machine for date and UTC', () => {
    expect(dateWords(now)).toBe('12 Mar 2026')
    expect(utcWords(now)).toBe('2026-03-12 09:05:07 UTC')
    expect(lengthWords(90 * s)).toBe('1 min')
  })

  it('name the zone of the local form', () => {
    expect(localWords(now, 'Europe/Berlin')).toBe('12 Mar 2026, 10:05:07 CET')
  })
})
