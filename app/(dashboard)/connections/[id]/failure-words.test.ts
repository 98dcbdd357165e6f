import { expect, it } from 'vitest'
import { failureTitle, whoSaid } from './failure-words'

it.each([
  ['invalid_grant', 'The provider refused the refresh token'],
  ['http_503', 'The provider answered with status 503'],
  ['http_401', 'The provider refused the access token'],
  ['organizationLocked', 'The provider refused the call'],
])('%s reads “%s”', (code, title) => {
  expect(failureTitle(code)).toBe(title)
})

it('quotes the provider, and never itself', () => {
  const by = (code: string | null) => whoSaid(code, 'No.').by
  expect(['invalid_grant', 'http_500', null].map(by)).toEqual(['provider', 'provider', 'provider'])
  expect(['timeout', 'network', 'refresh_token_expired'].map(by)).toEqual([
    'patchbay',
    'patchbay',
    'patchbay',
  ])
})

it('quotes only what the provider said, not what is written before it', () => {
  const words =
    'The provider refused the grant. It is asked once more before that is believed. It said: Revoked.'
  expect(whoSaid('invalid_grant', words)).toEqual({ by: 'provider', words: 'Revoked.' })
})
