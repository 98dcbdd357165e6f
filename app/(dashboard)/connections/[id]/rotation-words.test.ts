import { expect, it } from 'vitest'
import { durationWords } from './rotation-words'

it.each([
  [-3, '0 ms'],
  [80, '80 ms'],
  [1_360, '1.4 s'],
  [30_600, '31 s'],
])('a call of %i ms took %s', (lengthMs, words) => {
  expect(durationWords(lengthMs)).toBe(words)
})
