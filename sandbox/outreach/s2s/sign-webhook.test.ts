import { expect, it } from 'vitest'
import { signWebhook } from './sign-webhook'

it('signs the bytes of the body in bare lower-case hexadecimal (RFC 4231, test case 2)', () => {
  expect(signWebhook('what do ya want for nothing?', 'Jefe')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

it('signs characters beyond ASCII as UTF-8', () => {
  expect(signWebhook('{"name":"Jürgen"}', 's')).toMatch(/^[0-9a-f]{64}$/)
  expect(signWebhook('{"name":"Jürgen"}', 's')).not.toBe(signWebhook('{"name":"Jurgen"}', 's'))
})
