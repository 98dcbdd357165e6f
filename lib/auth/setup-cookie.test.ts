import { expect, it } from 'vitest'
import { Secret } from '../core/secret'
import { setupCookie } from './setup-cookie'

const token = Secret.of('abc-_123')

it('is read by no script and sent by no other site', () => {
  expect(setupCookie({ cookieSecure: false }, token)).toBe(
    'patchbay.setup=abc-_123; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax',
  )
})

it('is bound to this host where there is https', () => {
  expect(setupCookie({ cookieSecure: true }, token)).toMatch(/^__Host-patchbay\.setup=.*; Secure$/)
})
