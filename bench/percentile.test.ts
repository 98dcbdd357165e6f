import { expect, test } from 'vitest'
import { median, percentile } from './percentile'

test('a percentile is a value that was measured, which so many do not exceed', () => {
  const values = [5, 1, 4, 2, 3]
  expect([1, 20, 21, 50, 80, 95, 100].map((percent) => percentile(values, percent))).toEqual([
    1, 1, 2, 3, 4, 5, 5,
  ])
  expect(median([7])).toBe(7)
})
