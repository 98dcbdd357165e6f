import { expect, test } from 'vitest'
import { searchWords } from './found-connections'

const found = (hasMore: boolean) => ({ connections: [], hasMore })

test('a search says when more fit than are shown, and only then that nothing does', () => {
  expect(searchWords(found(false), 0)).toBe('No further connection fits.')
  expect(searchWords(found(false), 8)).toBe('')
  const more = 'More connections fit: type more to find others.'
  expect(searchWords(found(false), 9)).toBe(more)
  expect(searchWords(found(true), 8)).toBe(more)
  // All that were found first are chosen.
  expect(searchWords(found(true), 0)).toBe(more)
})

test('a search that fails does not look like one that finds nothing', () => {
  expect(searchWords('searching', 0)).toBe('Searching…')
  expect(searchWords('failed', 0)).toContain('did not work')
})
