import { describe, expect, test } from 'vitest'
import { doubtWords, judgeRefusal, type RefusalFacts } from './judge-refusal'

const now = Date.parse('2026-09-01T12:00:00Z')
const at = (minutes: number) => new Date(now + minutes * 60_000)
const first: RefusalFacts = { cause: 'due', code: 'invalid_grant', verdictAt: null, troubleSince: null }
const believed = { kind: 'believed' }
const doubtedUntil = (askAgainAt: Date) => ({ kind: 'doubted', askAgainAt })

describe('a refusal that nobody asked for', () => {
  test.each(['due', 'needed', 'webhook'] as const)(
    'by a rotation that was %s is asked about once more',
    (cause) => {
      expect(judgeRefusal({ ...first, cause }, now)).toEqual(doubtedUntil(at(2)))
    },
  )

  test('is believed when it comes again at its time, and not before', () => {
    expect(judgeRefusal({ ...first, verdictAt: at(0) }, now)).toEqual(believed)
    expect(judgeRefusal({ ...first, verdictAt: at(-600) }, now)).toEqual(believed)
    expect(judgeRefusal({ ...first, verdictAt: at(1) }, now)).toEqual(doubtedUntil(at(1)))
  })
})

test.each(['refresh_now', 'check_again', 'disconnect'] as const)(
  'a refusal that a person’s %s meets is believed at once, unless the provider is in trouble',
  (cause) => {
    expect(judgeRefusal({ ...first, cause }, now)).toEqual(believed)
    expect(judgeRefusal({ ...first, cause, troubleSince: at(-1) }, now)).toEqual(doubtedUntil(at(2)))
  },
)

describe('a provider in trouble', () => {
  test('is not believed, however often it refuses', () => {
    expect(judgeRefusal({ ...first, verdictAt: at(-30), troubleSince: at(-59) }, now)).toEqual(
      doubtedUntil(at(2)),
    )
  })

  test('is believed again after an hour without any success', () => {
    expect(judgeRefusal({ ...first, verdictAt: at(-1), troubleSince: at(-60) }, now)).toEqual(believed)
    expect(judgeRefusal({ ...first, troubleSince: at(-60) }, now)).toEqual(doubtedUntil(at(2)))
  })
})

describe('a refusal after which nothing is to be waited for', () => {
  test.each(['no_refresh_token', 'refresh_token_expired'])(
    'is believed at once, whatever the provider does: %s',
    (code) => {
      expect(judgeRefusal({ ...first, code }, now)).toEqual(believed)
      expect(judgeRefusal({ ...first, code, troubleSince: at(-1) }, now)).toEqual(believed)
    },
  )

  test('is the weekly lapse of a development grant too, but not while many are refused', () => {
    const lapsed = { ...first, code: 'development_grant_lapsed' }
    expect(judgeRefusal(lapsed, now)).toEqual(believed)
    expect(judgeRefusal({ ...lapsed, troubleSince: at(-1) }, now)).toEqual(doubtedUntil(at(2)))
  })
})

test('the words say that the provider refused, and when it is asked again', () => {
  expect(doubtWords('The grant is invalid.', at(2), false)).toBe(
    'The provider refused the grant. It is asked once more at 2026-09-01 12:02 UTC before that is believed. It said: The grant is invalid.',
  )
  expect(doubtWords('No.', at(2), true)).toMatch(/refuses many grants at once.*not believed.*12:02 UTC/)
})
