import { describe, expect, it } from 'vitest'
import { countTicks } from './count-ticks'
import { binWords, timeTicks } from './time-ticks'

describe('countTicks', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [93, [0, 20, 40, 60, 80, 100]],
  ])('of at most %i begins at zero, ends above it and counts in whole numbers', (max, ticks) => {
    expect(countTicks(max)).toEqual(ticks)
  })

  it.each([2, 5, 11, 299, 12_345])('reaches at least %i with few marks', (max) => {
    const ticks = countTicks(max)
    expect(ticks[0]).toBe(0)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(max)
    expect(ticks.length).toBeLessThanOrEqual(8)
    expect(ticks.every(Number.isInteger)).toBe(true)
  })
})

describe('timeTicks', () => {
  const end = Date.UTC(2026, 10, 21, 10, 15)

  it('marks whole hours of a day', () => {
    const ticks = timeTicks(new Date(end - 86_400_000), new Date(end))
    expect(ticks.map(({ words }) => words)).toEqual(
      expect.arrayContaining(['12:00', '18:00', '00:00', '06:00']),
    )
    expect(ticks.every(({ share }) => share >= 0 && share <= 1)).toBe(true)
  })

  it('marks days of a month', () => {
    const ticks = timeTicks(new Date(Date.UTC(2026, 9, 23)), new Date(Date.UTC(2026, 10, 22)))
    expect(ticks.length).toBeGreaterThan(2)
    expect(ticks.every(({ words }) => /^\d{1,2} (Oct|Nov)$/.test(words))).toBe(true)
  })
})

describe('binWords', () => {
  it('names a quarter of an hour, and a day', () => {
    const from = new Date('2026-11-21T09:15:00Z')
    expect(binWords({ from, to: new Date('2026-11-21T09:30:00Z') })).toBe('21 Nov, 09:15–09:30 UTC')
    expect(binWords({ from: new Date('2026-11-21T00:00:00Z'), to: new Date('2026-11-22T00:00:00Z') })).toBe(
      '21 Nov',
    )
  })
})
