import { describe, expect, it } from 'vitest'
import { secretFinder } from './find-secrets'

const secret = { kind: 'client_secret', value: 'aB3+x/9=Kd&7%Qz"p<mN-_tail' }
const other = { kind: 'access_token', value: 'Zx81kQ0fUu3vYt5sRq7pOn9mLk' }
const find = (text: string) => secretFinder([secret, other]).find(text)

describe('a secret is found', () => {
  it.each([
    ['as it is', secret.value],
    ['in a URL', encodeURIComponent(secret.value)],
    ['in a form', new URLSearchParams({ client_secret: secret.value }).toString()],
    ['in a URL within a URL', encodeURIComponent(encodeURIComponent(secret.value))],
    ['in JSON', JSON.stringify({ a: [secret.value] })],
    ['in HTML', 'aB3+x/9=Kd&amp;7%Qz&quot;p&lt;mN-_tail'],
    ['in base64', Buffer.from(secret.value).toString('base64')],
    ['in base64url', Buffer.from(secret.value).toString('base64url')],
    ['in a Basic header', `Basic ${Buffer.from(`id:${secret.value}`).toString('base64')}`],
    ['in base64 one letter further', Buffer.from(`app4:${secret.value}`).toString('base64')],
    ['in base64 with text after it', Buffer.from(`ab${secret.value}, and more`).toString('base64')],
  ])('%s', (_how, written) => {
    expect(find(`before ${written} after`)).toEqual([secret])
  })

  it('each with its kind, wherever it begins and ends the text', () => {
    expect(find(`${other.value}${secret.value}`)).toEqual([other, secret])
  })
})

it('says nothing of a text that holds only a part of it', () => {
  expect(find(secret.value.slice(0, 20))).toEqual([])
  expect(find('a text like any other')).toEqual([])
})

it('refuses to look for what would be found everywhere', () => {
  expect(() => secretFinder([{ kind: 'code', value: 'short' }])).toThrow('too short')
})
