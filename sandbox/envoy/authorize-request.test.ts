import { describe, expect, it } from 'vitest'
import { OAUTH_CLIENT_ID, PLUGIN_CLIENT_ID, readyMadeApps } from './apps'
import { backToApp, readAuthorizeRequest } from './authorize-request'

const CALLBACK = 'http://localhost:3000/api/callback/envoy'
const apps = readyMadeApps(
  { plugin: 'p', oauth: 'o' },
  { callbackUrl: CALLBACK, webhookUrl: 'http://localhost:3000/wh' },
)

function read(change: Record<string, string | null>) {
  const fields = {
    response_type: 'code',
    client_id: OAUTH_CLIENT_ID,
    redirect_uri: CALLBACK,
    scope: 'locations.read token.refresh',
    state: 's&1',
    ...change,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== null) query.append(name, value)
  return readAuthorizeRequest(apps, query)
}

describe('readAuthorizeRequest', () => {
  it('reads a complete request', () => {
    expect(read({ code_challenge: 'abc', code_challenge_method: 'S256' })).toMatchObject({
      kind: 'request',
      request: {
        redirectUri: CALLBACK,
        state: 's&1',
        scopes: ['locations.read', 'token.refresh'],
        codeChallenge: 'abc',
      },
    })
  })

  it('takes the one registered address when none is sent', () => {
    expect(read({ redirect_uri: null })).toMatchObject({
      kind: 'request',
      request: { redirectUri: CALLBACK },
    })
  })

  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['no client', { client_id: null }],
    ['a plugin, which has no redirect URL', { client_id: PLUGIN_CLIENT_ID }],
    ['an address that is not registered', { redirect_uri: `${CALLBACK}/` }],
    ['an address with a query added', { redirect_uri: `${CALLBACK}?a=1` }],
  ])('keeps %s on its own page', (_name, change) => {
    expect(read(change).kind).toBe('refused')
  })

  it('keeps a repeated parameter on its own page', () => {
    const query = new URLSearchParams(`client_id=${OAUTH_CLIENT_ID}&client_id=x`)
    expect(readAuthorizeRequest(apps, query).kind).toBe('refused')
  })

  it.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'locations.read location.read' }],
    ['invalid_request', { code_challenge: 'abc', code_challenge_method: 'plain' }],
  ])('sends %s back to the app, with its state', (error, change) => {
    const outcome = read(change)
    expect(outcome.kind).toBe('redirect')
    if (outcome.kind !== 'redirect') return
    const { searchParams } = new URL(outcome.location)
    expect(outcome.location.startsWith(`${CALLBACK}?`)).toBe(true)
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual([error, 's&1'])
  })
})

describe('backToApp', () => {
  it('keeps what the address has and leaves out what is null', () => {
    expect(backToApp('http://a.example/cb?x=1', { code: 'c d', state: null })).toBe(
      'http://a.example/cb?x=1&code=c+d',
    )
  })
})
