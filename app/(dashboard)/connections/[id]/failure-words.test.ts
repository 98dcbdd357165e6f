import { expect, it } from 'vitest'
import { failureTitle, isQuoted } from './failure-words'

it.each([
  ['invalid_grant', 'The provider refused the refresh token'],
  ['http_503', 'The provider answered with status 503'],
  ['http_401', 'The provider refused the access token'],
  ['organizationLocked', 'The provider refused the call'],
])('%s reads “%s”', (code, title) => {
  expect(failureTitle(code)).toBe(title)
})

it('quotes the provider, and never itself', () => {
  expect(['invalid_grant', 'http_500', 'timeout', 'network'].map(isQuoted)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
