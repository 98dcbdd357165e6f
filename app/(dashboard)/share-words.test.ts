import { expect, it } from 'vitest'
import { shareWords } from './share-words'

it.each([
  [12, 0, 'All succeeded'],
  [9_999, 1, '99.9 % succeeded, 1 failed'],
  [3, 1, '75 % succeeded, 1 failed'],
  [1, 9_999, '0.1 % succeeded, 9,999 failed'],
  [0, 4, '0 % succeeded, 4 failed'],
])('of %i and %i says %s', (succeeded, failed, words) => {
  expect(shareWords(succeeded, failed)).toBe(words)
})
