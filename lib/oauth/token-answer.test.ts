import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIssuedTokens } from './token-answer'

const sent = new Date('2026-03-01T12:00:00.000Z')
const inS = (date: Date | null | undefined) => (date ? (date.getTime() - sent.getTime()) / 1000 : null)
const read = (json: unknown) => readIssuedTokens(json, sent)

describe('a token answer', () => {
  it('of seed 001 has both tokens, clocks from our sending and scopes', () => {
    const tokens = read({
      access_token: 'eyJhbGc...',
      token_type: 'Bearer',
      expires_in: 7200,
      refresh_token: 'EcC-5gWjbN...',
      scope: 'users.read accounts.all',
      created_at: 1706289101,
    })
    expect(tokens?.accessToken.reveal()).toBe('eyJhbGc...')
    expect(tokens?.refreshToken?.reveal()).toBe('EcC-5gWjbN...')
    expect(inS(tokens?.accessExpiresAt)).toBe(7200)
    expect(tokens?.refreshExpiresAt).toBeNull()
    expect(tokens?.scopes).toEqual(['users.read', 'accounts.all'])
  })

  it('of seed 002 has `expires` and no token type', () => {
    const tokens = read({ access_token: 'a', refresh_token: 'r', expires: '7200' })
    expect(inS(tokens?.accessExpiresAt)).toBe(7200)
    expect(tokens?.scopes).toBeNull()
  })

  it('of seed 003 has a clock for the refresh token and fields we do not read', () => {
    const tokens = read({
      token_type: 'Bearer',
      access_token: 'a',
      expires_in: 86400,
      refresh_token: 'r',
      refresh_token_expires_in: 2592000,
      state: null,
      company_id: '10000',
    })
    expect(inS(tokens?.refreshExpiresAt)).toBe(2592000)
  })

  it('of seed 004 has a type in small letters', () => {
    expect(
      read({ access_token: 'a', token_type: 'bearer', expires_in: 7200, refresh_token: 'r' }),
    ).not.toBeNull()
  })

  it('may leave out or null everything but the access token', () => {
    const bare = { refreshToken: null, accessExpiresAt: null, refreshExpiresAt: null, scopes: null }
    expect(read({ access_token: 'a' })).toMatchObject(bare)
    expect(
      read({
        access_token: 'a',
        refresh_token: null,
        expires_in: null,
        refresh_token_expires_in: null,
        scope: null,
      }),
    ).toMatchObject(bare)
    expect(read({ access_token: 'a', refresh_token: '', refresh_token_expires_in: 5 })).toMatchObject(bare)
  })

  it('is not thrown away for an odd clock or scope', () => {
    for (const odd of ['soon', -1, 1e12, Number.NaN, {}, []]) {
      const tokens = read({ access_token: 'a', expires_in: odd, scope: 5 })
      expect(tokens?.accessExpiresAt).toBeNull()
      expect(tokens?.scopes).toBeNull()
    }
  })

  it('reads scopes as a list too, and takes 0 seconds as ended', () => {
    expect(read({ access_token: 'a', scope: ['x', 'y'] })?.scopes).toEqual(['x', 'y'])
    expect(inS(read({ access_token: 'a', expires_in: 0 })?.accessExpiresAt)).toBe(0)
  })

  it('is none without a token that can be sent, or of another type', () => {
    for (const json of [
      null,
      'text',
      [],
      {},
      { access_token: '' },
      { access_token: 5 },
      { access_token: 'a\nb' },
      { access_token: 'a', token_type: 'mac' },
      { access_token: 'a', refresh_token: 'r\r\n' },
      { accessToken: 'a' },
    ])
      expect(read(json)).toBeNull()
  })

  it('never throws and shows no token', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(() => read(json)).not.toThrow()
      }),
    )
    expect(JSON.stringify(read({ access_token: 'hidden-1', refresh_token: 'hidden-2' }))).not.toContain(
      'hidden',
    )
  })
})
