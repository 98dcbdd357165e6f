import { expect, test } from 'vitest'
import { listed } from './listed'

test.each([
  [['a key'], 'a key'],
  [['an id', 'a secret'], 'an id and a secret'],
  [['an id', 'a secret', 'a key'], 'an id, a secret and a key'],
])('%j reads as %s', (words, read) => {
  expect(listed(words)).toBe(read)
})
