import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import { buildAuthorizeUrl } from './authorize-url'
import { codeChallenge, makeCodeVerifier } from './pkce'
import { hashState, makeState } from './state'

const parameters = {
  clientId: 'id +&',
  redirectUri: 'https://patchbay.example/api/callback/outreach',
  state: 'st',
  codeChallenge: 'ch',
  scope: 'users.read accounts.all',
}

describe('an authorization URL', () => {
  it('has every parameter once, spaces as +, nothing encoded twice', () => {
    const url = buildAuthorizeUrl(new URL('https://api.outreach.io/oauth/authorize'), parameters)
    expect(url.href).toBe(
      'https://api.outreach.io/oauth/authorize?response_type=code&client_id=id+%2B%26&redirect_uri=https%3A%2F%2Fpatchbay.example%2Fapi%2Fcallback%2Foutreach&scope=users.read+accounts.all&state=st&code_challenge=ch&code_challenge_method=S256',
    )
  })

  it('keeps a query that the endpoint has and lets none of ours appear twice', () => {
    const url = buildAuthorizeUrl(new URL('https://p.example/authorize?tenant=7&state=old#top'), parameters)
    expect(url.searchParams.get('tenant')).toBe('7')
    expect(url.searchParams.getAll('state')).toEqual(['st'])
    expect(url.hash).toBe('')
  })

  it('sends no scope and no challenge where there is none', () => {
    const bare = { ...parameters, scope: '', codeChallenge: null }
    const url = buildAuthorizeUrl(new URL('https://p.example/authorize'), bare)
    expect([...url.searchParams.keys()]).toEqual(['response_type', 'client_id', 'redirect_uri', 'state'])
  })
})

describe('state and verifier', () => {
  it('carry 256 bits, are secrets, and take no fewer bytes', () => {
    const state = makeState(randomBytes(32))
    expect(Buffer.from(state.reveal(), 'base64url')).toHaveLength(32)
    expect(`${state}`).toBe('[redacted]')
    expect(() => makeState(randomBytes(16))).toThrow(RangeError)
    expect(() => makeCodeVerifier(randomBytes(31))).toThrow(RangeError)
  })

  it('are compared by a hash that differs for each', () => {
    expect(hashState(Secret.of('a'))).toBe(createHash('sha256').update('a').digest('hex'))
    expect(hashState(Secret.of('a'))).not.toBe(hashState(Secret.of('b')))
  })

  it('make the challenge of RFC 7636, appendix B', async () => {
    const verifier = Secret.of('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')
    expect(await codeChallenge(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
    expect(makeCodeVerifier(randomBytes(32)).reveal()).toMatch(/^[\w-]{43}$/)
  })
})
