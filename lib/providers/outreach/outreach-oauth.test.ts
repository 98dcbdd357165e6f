import { describe, expect, it } from 'vitest'
import { fakeNow, fakeProviders, openApp } from '../../../tests/fake-provider'
import type { FakeAnswer, FakeCall } from '../../../tests/fake-server'
import { isPatchbayError } from '../../core/errors'
import { Secret } from '../../core/secret'
import { outreach } from './outreach'

const start = fakeProviders()
const request = {
  code: Secret.of('the-code'),
  redirectUri: 'https://patchbay.example/api/callback/outreach',
  codeVerifier: Secret.of('the-verifier'),
  scopes: ['users.read'],
}
const pair = {
  access_token: 'access-1',
  token_type: 'Bearer',
  expires_in: 7200,
  refresh_token: 'refresh-1',
  scope: 'users.read accounts.all',
  created_at: 1706289101,
}
const inS = (date: Date | null | undefined) => (date ? (date.getTime() - fakeNow.getTime()) / 1000 : null)

/** Outreach's token endpoint as seed 001 shows it: form only, every value exactly as it began. */
function strictToken(call: FakeCall): FakeAnswer {
  if (call.method !== 'POST' || call.path !== '/oauth/token') return { status: 404 }
  if (call.headers['content-type'] !== 'application/x-www-form-urlencoded' || call.headers.authorization)
    return { status: 415 }
  const form = new URLSearchParams(call.body)
  if (form.get('client_id') !== 'client id+1' || form.get('client_secret') !== 's+e/c=r&e%t')
    return {
      status: 401,
      body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
    }
  if (form.get('grant_type') === 'authorization_code') {
    const same =
      form.get('code') === 'the-code' &&
      form.get('redirect_uri') === request.redirectUri &&
      form.get('code_verifier') === 'the-verifier'
    return same ? { status: 200, body: pair } : { status: 400, body: { error: 'invalid_grant' } }
  }
  if (form.get('grant_type') !== 'refresh_token' || form.has('scope'))
    return { status: 400, body: { error: 'invalid_request' } }
  return form.get('refresh_token') === 'refresh-1'
    ? { status: 200, body: { ...pair, access_token: 'access-2', refresh_token: 'refresh-2' } }
    : { status: 400, body: { error: 'invalid_grant' } }
}

describe('consent at Outreach', () => {
  it('is asked for on the API host, or on the browser’s where there is one', () => {
    const authorize = {
      redirectUri: request.redirectUri,
      state: 'st',
      codeChallenge: 'ch',
      scopes: ['users.read', 'a.all'],
    }
    const url = outreach.authorizeUrl(openApp({ baseUrl: 'https://api.outreach.io' }), authorize)
    expect(`${url.origin}${url.pathname}`).toBe('https://api.outreach.io/oauth/authorize')
    expect(url.search).toContain('scope=users.read+a.all')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'client id+1',
      state: 'st',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    })
    const other = openApp({
      baseUrl: 'https://api.outreach.io',
      browserUrl: 'https://accounts.outreach.io/x',
    })
    expect(outreach.authorizeUrl(other, authorize).href).toMatch(
      /^https:\/\/accounts\.outreach\.io\/x\/oauth\/authorize\?/,
    )
  })

  it('cannot begin for a draft', () => {
    const draft = openApp({ clientId: null })
    const attempt = () => outreach.authorizeUrl(draft, { ...request, state: 's', codeChallenge: 'c' })
    expect(attempt).toThrow(/has no client id/)
    try {
      attempt()
    } catch (error) {
      expect(isPatchbayError(error) && error.code).toBe('provider_app_incomplete')
    }
  })
})

describe('the code exchange and the refresh', () => {
  it('give the pair with instants and scopes', async () => {
    const fake = await start(strictToken)
    const outcome = await outreach.exchangeCode(fake.context, openApp({ baseUrl: fake.origin }), request)
    expect(outcome.kind).toBe('renewed')
    if (outcome.kind !== 'renewed') return
    expect(outcome.tokens.accessToken.reveal()).toBe('access-1')
    expect(outcome.tokens.refreshToken?.reveal()).toBe('refresh-1')
    expect(inS(outcome.tokens.accessExpiresAt)).toBe(7200)
    expect(outcome.tokens.scopes).toEqual(['users.read', 'accounts.all'])
  })

  it('send a refresh as seed 001 shows it: no redirect URI, no scope', async () => {
    const fake = await start(strictToken)
    const outcome = await outreach.refresh(fake.context, openApp({ baseUrl: fake.origin }), {
      refreshToken: Secret.of('refresh-1'),
    })
    expect(outcome.kind === 'renewed' && outcome.tokens.refreshToken?.reveal()).toBe('refresh-2')
    expect([...new URLSearchParams(fake.calls[0]?.body).keys()].sort()).toEqual([
      'client_id',
      'client_secret',
      'grant_type',
      'refresh_token',
    ])
  })

  it('read the older document’s answer: `expires`, no refresh token, no scope', async () => {
    const fake = await start(() => ({ status: 200, body: { access_token: 'old', expires: 7200 } }))
    const outcome = await outreach.refresh(fake.context, openApp({ baseUrl: fake.origin }), {
      refreshToken: Secret.of('r'),
    })
    expect(outcome.kind === 'renewed' && outcome.tokens.refreshToken).toBeNull()
    expect(outcome.kind === 'renewed' && inS(outcome.tokens.accessExpiresAt)).toBe(7200)
  })

  it('tell a dead grant, a wrong secret and a throttle apart', async () => {
    const fake = await start(strictToken)
    const app = openApp({ baseUrl: fake.origin })
    expect(await outreach.refresh(fake.context, app, { refreshToken: Secret.of('gone') })).toMatchObject({
      kind: 'terminal',
      code: 'invalid_grant',
      status: 400,
    })
    const wrong = openApp({ baseUrl: fake.origin, clientSecret: Secret.of('wrong') })
    expect(
      await outreach.refresh(fake.context, wrong, { refreshToken: Secret.of('refresh-1') }),
    ).toMatchObject({
      kind: 'app_fault',
      code: 'invalid_client',
      status: 401,
    })
    const busy = await start(() => ({ status: 429, body: 'Retry later\n' }))
    expect(
      await outreach.refresh(busy.context, openApp({ baseUrl: busy.origin }), {
        refreshToken: Secret.of('r'),
      }),
    ).toMatchObject({ kind: 'transient', code: 'throttled', retryAfterMs: 60_000, ambiguous: false })
  })

  it('take a 400 without a named error as a dead grant, an HTML one as nothing', async () => {
    const plain = await start((call) => ({
      status: 400,
      body: call.body.includes('html') ? '<html><h1>Bad request</h1></html>' : 'Bad request',
    }))
    const app = openApp({ baseUrl: plain.origin })
    expect((await outreach.refresh(plain.context, app, { refreshToken: Secret.of('r') })).kind).toBe(
      'terminal',
    )
    expect((await outreach.refresh(plain.context, app, { refreshToken: Secret.of('html') })).kind).toBe(
      'transient',
    )
  })

  it('are ambiguous when the answer is lost', async () => {
    const fake = await start(() => 'destroy')
    const app = openApp({ baseUrl: fake.origin })
    expect(await outreach.refresh(fake.context, app, { refreshToken: Secret.of('r') })).toMatchObject({
      kind: 'transient',
      code: 'network',
      ambiguous: true,
    })
  })

  it('are not sent for a draft, and leave no secret in the log', async () => {
    const fake = await start(strictToken)
    const draft = openApp({ baseUrl: fake.origin, clientSecret: null })
    expect(await outreach.exchangeCode(fake.context, draft, request)).toMatchObject({
      kind: 'app_fault',
      code: 'provider_app_incomplete',
    })
    expect(fake.calls).toHaveLength(0)
    await outreach.exchangeCode(fake.context, openApp({ baseUrl: fake.origin }), request)
    const log = fake.lines.join('')
    expect(log).toContain('/oauth/token')
    for (const secret of ['the-code', 'the-verifier', 's+e/c', 'access-1', 'refresh-1'])
      expect(log).not.toContain(secret)
  })
})

describe('who a user’s token belongs to', () => {
  const root = {
    data: { type: 'org', id: 101, attributes: { name: 'Harbour Lane', accountLabel1: 'x' } },
    meta: {
      instanceUrl: 'https://app1c.outreach.io',
      application: { name: 'Test app' },
      scopes: ['users.read'],
      user: { id: 1001, email: 'mira@harbour.example', firstName: 'Mira', lastName: 'Solano' },
    },
  }
  const ask = { grant: 'oauth_code', accessToken: Secret.of('access-1'), apiUrl: null, account: {} } as const

  it('is read from the API root in one call', async () => {
    const fake = await start((call) => {
      const ok =
        call.method === 'GET' &&
        call.path === '/api/v2' &&
        call.headers.authorization === 'Bearer access-1' &&
        call.headers['content-type'] === 'application/vnd.api+json'
      return ok ? { status: 200, body: root, headers: { 'x-ratelimit-remaining': '9999' } } : { status: 415 }
    })
    expect(await outreach.identify(fake.context, openApp({ baseUrl: fake.origin }), ask)).toEqual({
      kind: 'identified',
      identity: {
        externalAccountId: '1001',
        accountName: 'Mira Solano',
        accountEmail: 'mira@harbour.example',
        externalOrgId: '101',
        orgName: 'Harbour Lane',
        apiUrl: null,
        scopes: ['users.read'],
      },
    })
    expect(fake.answers.map(({ status }) => status)).toEqual([200])
  })

  it('survives an answer with little in it, and is unknown without a user', async () => {
    const little = await start(() => ({
      status: 200,
      body: { meta: { user: { id: '7' }, scopes: 'a.read b.read' } },
    }))
    expect(await outreach.identify(little.context, openApp({ baseUrl: little.origin }), ask)).toMatchObject({
      kind: 'identified',
      identity: { externalAccountId: '7', accountName: 'Outreach user 7', scopes: ['a.read', 'b.read'] },
    })
    for (const body of [{}, { data: null }, { meta: { user: null } }, 'hello', '<html><p>hi</p></html>']) {
      const fake = await start(() => ({ status: 200, body }))
      expect((await outreach.identify(fake.context, openApp({ baseUrl: fake.origin }), ask)).kind).toBe(
        'unknown',
      )
    }
  })

  it('tells a dead token from an answer that proves nothing', async () => {
    const bad = { error: 'Invalid JWT token.', description: 'The JWT token could not be decoded.' }
    const fake = await start(() => ({ status: 401, body: bad }))
    expect(await outreach.identify(fake.context, openApp({ baseUrl: fake.origin }), ask)).toMatchObject({
      kind: 'dead',
      words: 'The JWT token could not be decoded.',
      status: 401,
    })
    for (const status of [403, 404, 429, 500, 302]) {
      const other = await start(() => ({ status }))
      expect((await outreach.identify(other.context, openApp({ baseUrl: other.origin }), ask)).kind).toBe(
        'unknown',
      )
    }
  })
})

describe('a probe', () => {
  it.each([
    [200, 'alive'],
    [403, 'alive'],
    [429, 'alive'],
    [401, 'dead'],
    [404, 'unknown'],
    [500, 'unknown'],
    [302, 'unknown'],
  ])('reads %i as %s', async (status, kind) => {
    const fake = await start(() => ({ status, body: { data: null } }))
    const app = openApp({ baseUrl: fake.origin })
    const ask = { grant: 'oauth_code', accessToken: Secret.of('a'), apiUrl: null } as const
    expect((await outreach.probe(fake.context, app, ask)).kind).toBe(kind)
    expect(fake.answers).toHaveLength(1)
  })

  it('does not take a sign-in page for life', async () => {
    const fake = await start(() => ({ status: 200, body: '<html><body>Sign in</body></html>' }))
    const ask = { grant: 'oauth_code', accessToken: Secret.of('a'), apiUrl: null } as const
    expect((await outreach.probe(fake.context, openApp({ baseUrl: fake.origin }), ask)).kind).toBe('unknown')
  })

  it('never sends the token to a link elsewhere', async () => {
    const fake = await start(() => ({ status: 200, body: {} }))
    const elsewhere = await start(() => ({ status: 200, body: {} }))
    const ask = {
      grant: 'oauth_code',
      accessToken: Secret.of('a'),
      apiUrl: `${elsewhere.origin}/api/v2`,
    } as const
    expect((await outreach.probe(fake.context, openApp({ baseUrl: fake.origin }), ask)).kind).toBe('alive')
    expect(elsewhere.calls).toHaveLength(0)
    expect(fake.calls).toHaveLength(1)
  })
})

describe('revoking at Outreach', () => {
  const ask = {
    grant: 'oauth_code',
    accessToken: Secret.of('access-1'),
    refreshToken: Secret.of('refresh-1'),
  } as const

  it('is confirmed only when the token worked before and is refused after', async () => {
    let revoked = false
    const fake = await start((call) => {
      if (call.path === '/oauth/revoke') {
        const form = new URLSearchParams(call.body)
        revoked = form.get('token') === 'refresh-1' && form.get('token_type_hint') === 'refresh_token'
        return { status: 200, body: {} }
      }
      return revoked ? { status: 401, body: { error: 'revoked' } } : { status: 200, body: { data: {} } }
    })
    const receipt = await outreach.revoke(fake.context, openApp({ baseUrl: fake.origin }), ask)
    expect(receipt.kind).toBe('confirmed')
    expect(fake.calls.map(({ path }) => path)).toEqual(['/api/v2', '/oauth/revoke', '/api/v2'])
  })

  it('is not confirmed when there is no such address, the token lives on, or was dead before', async () => {
    const answers: ((call: FakeCall) => FakeAnswer)[] = [
      (call) => (call.path === '/oauth/revoke' ? { status: 404 } : { status: 200, body: {} }),
      () => ({ status: 200, body: {} }),
      (call) => (call.path === '/oauth/revoke' ? { status: 200, body: {} } : { status: 401 }),
      () => 'destroy',
    ]
    for (const answer of answers) {
      const fake = await start(answer)
      const receipt = await outreach.revoke(fake.context, openApp({ baseUrl: fake.origin }), ask)
      expect(receipt.kind).toBe('not_confirmed')
      expect(receipt.detail).toMatch(/\. To be sure, remove the app in Outreach/)
      expect(receipt.detail).not.toContain('refresh-1')
    }
  })

  it('says that an install has none', async () => {
    const fake = await start(() => ({ status: 200 }))
    const receipt = await outreach.revoke(fake.context, openApp({}), {
      ...ask,
      grant: 's2s',
      refreshToken: null,
    })
    expect(receipt.kind).toBe('no_revoke')
    expect(fake.calls).toHaveLength(0)
  })
})
