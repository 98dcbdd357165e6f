import { expect, it } from 'vitest'
import { emptyWords } from './empty-words'

const minuteMs = 60_000

it.each([
  [30_000, 'under a minute'],
  [4 * minuteMs + 59_000, 'about 4 min'],
  [37 * minuteMs, 'about 40 min'],
  [3 * 60 * minuteMs + 50 * minuteMs, 'about 3 h'],
  [3 * 24 * 60 * minuteMs, 'about 3 days'],
])('says %i ms as roughly as a pace can know it', (ms, words) => {
  expect(emptyWords({ kind: 'empties', ms })).toBe(words)
})

it('has words for what is no length', () => {
  const kinds = ['not_at_this_pace', 'no_calls', 'at_limit', 'held', 'not_known'] as const
  expect(kinds.map((kind) => emptyWords({ kind }))).toEqual([
    'not at this pace',
    'no calls lately',
    'at its limit now',
    'held now',
    'not known',
  ])
})
