import { expect, it } from 'vitest'
import { smtpOptions } from './smtp-options'

const options = (url: string) => smtpOptions(new URL(url))

it('a login goes over TLS or not at all, but on this machine', () => {
  expect(options('smtps://me:pass@mail.example.com')).toMatchObject({ secure: true, port: 465 })
  expect(options('smtp://me:pass@mail.example.com')).toMatchObject({
    secure: false,
    requireTLS: true,
    port: 587,
  })
  expect(options('smtp://me:pass@127.0.0.1:1025')).toMatchObject({ requireTLS: false, port: 1025 })
})

it('a relay without a login is used as it is', () => {
  const relay = options('smtp://relay.internal:25')
  expect(relay).toMatchObject({ host: 'relay.internal', port: 25, secure: false, requireTLS: false })
  expect(relay.auth).toBeUndefined()
})

it('reads percent-encoded logins and IPv6 addresses', () => {
  expect(options('smtps://me%40example.com:p%2Fa%25s@[::1]:2465')).toMatchObject({
    host: '::1',
    port: 2465,
    auth: { user: 'me@example.com', pass: 'p/a%s' },
  })
})
