import { describe, expect, it } from 'vitest'
import { fakeNow, fakeProviders, openApp } from '../../../tests/fake-provider'
import { type FakeAnswer, type FakeCall, multipartFields } from '../../../tests/fake-server'
import { Secret } from '../../core/secret'
import { envoy } from './envoy'

const start = fakeProviders()
const answer = {
  token_type: 'Bearer',
  access_token: 'access-1',
  expires_in: 86400,
  refresh_token: 'refresh-1',
  refresh_token_expires_in: 2592000,
  state: null,
  company_id: 10000,
}
const app = (baseUrl: string) =>
  openApp({ provider: 'envoy', grants: ['plugin_install', 'oauth_code'], baseUrl })

/** Envoy's token endpoint as seed 003 shows it: multipart, credentials in the body. */
function tokens(call: FakeCall): FakeAnswer {
  const multipart = call.headers['content-type']?.startsWith('multipart/form-data; boundary=')
  if (call.path !== '/oauth2/token' || call.method !== 'POST' || !multipart || call.headers.authorization)
    return { status: 415 }
  return { status: 200, body: answer }
}

describe('consent at Envoy', () => {
  const request = {
    redirectUri: 'https://p.example/cb',
    state: 's',
    codeChallenge: 'c',
    scopes: ['invites.read'],
  }

  it('is asked for on the browser’s host and always with token.refresh', () => {
    const real = openApp({ baseUrl: 'https://api.envoy.com', browserUrl: 'https://app.envoy.com' })
    const url = envoy.authorizeUrl(real, request)
    expect(`${url.origin}${url.pathname}`).toBe('https://app.envoy.com/a/auth/v0/authorize')
    expect(url.searchParams.get('scope')).toBe('invites.read token.refresh')
    expect(
      envoy.authorizeUrl(real, { ...request, scopes: ['token.refresh'] }).searchParams.get('scope'),
    ).toBe('token.refresh')
    expect(envoy.authorizeUrl(real, { ...request, scopes: [] }).searchParams.get('scope')).toBe(
      'token.refresh',
    )
    expect(envoy.scopes(real, 'oauth_code').always).toEqual(['token.refresh'])
  })
})

describe('Envoy’s token calls', () => {
  it('exchange an install with the four fields of seed 003', async () => {
    const fake = await start(tokens)
    const outcome = await envoy.mint(fake.context, app(fake.origin), {
      grant: 'plugin_install',
      externalInstallId: '1000000',
    })
    const [call] = fake.calls
    expect(call && (await multipartFields(call))).toEqual({
      client_id: 'client id+1',
      client_secret: 's+e/c=r&e%t',
      install_id: '1000000',
      grant_type: 'plugin_install',
    })
    expect(outcome).toMatchObject({
      kind: 'renewed',
      tokens: {
        accessExpiresAt: new Date(fakeNow.getTime() + 86_400_000),
        refreshExpiresAt: new Date(fakeNow.getTime() + 2_592_000_000),
        scopes: null,
        account: { externalAccountId: '10000', externalOrgId: '10000' },
      },
    })
  })

  it('exchange a code and refresh a pair the same way', async () => {
    const fake = await start(tokens)
    const redirectUri = 'https://p.example/cb'
    const secrets = { code: Secret.of('code'), codeVerifier: Secret.of('verifier') }
    await envoy.exchangeCode(fake.context, app(fake.origin), { ...secrets, redirectUri })
    const refreshed = await envoy.refresh(fake.context, app(fake.origin), {
      refreshToken: Secret.of('refresh-0'),
    })
    const [exchange, refresh] = await Promise.all(fake.calls.map(multipartFields))
    expect(exchange).toMatchObject({
      grant_type: 'authorization_code',
      code: 'code',
      redirect_uri: redirectUri,
    })
    expect(refresh).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'refresh-0' })
    expect(refreshed.kind).toBe('renewed')
  })

  it.each([
    [404, { error: 'subject not found' }, 'terminal'],
    [400, { error: 'invalid_grant' }, 'terminal'],
    [400, { error: 'install gone' }, 'terminal'],
    [422, '', 'terminal'],
    [401, { error: 'invalid_client' }, 'app_fault'],
    [401, '', 'app_fault'],
    [404, { error: 'Not Found', status: 404 }, 'transient'],
    [404, '<html><h1>404</h1></html>', 'transient'],
    [429, '', 'transient'],
    [500, '', 'transient'],
    [200, { company_id: '1' }, 'transient'],
  ])('read %i %j as %s', async (status, body, kind) => {
    const fake = await start(() => ({ status, body }))
    const refreshed = await envoy.refresh(fake.context, app(fake.origin), { refreshToken: Secret.of('r') })
    expect(refreshed.kind).toBe(kind)
    const minted = await envoy.mint(fake.context, app(fake.origin), {
      grant: 'plugin_install',
      externalInstallId: '1',
    })
    expect(minted.kind).toBe(kind)
    if (minted.kind === 'transient') expect(minted.ambiguous).toBe(false)
  })

  it('are not made without an install or for another grant', async () => {
    const fake = await start(tokens)
    for (const request of [
      { grant: 'plugin_install', externalInstallId: null },
      { grant: 's2s', externalInstallId: '1' },
    ] as const)
      expect((await envoy.mint(fake.context, app(fake.origin), request)).kind).toBe('app_fault')
    expect(fake.calls).toHaveLength(0)
  })

  it.each([
    ['test-secret', 'install_unknown'],
    [null, 'provider_app_incomplete'],
  ])('say what is missing, credentials first (%s)', async (secret, code) => {
    const fake = await start(tokens)
    const draft = { ...app(fake.origin), clientSecret: secret === null ? null : Secret.of(secret) }
    const outcome = await envoy.mint(fake.context, draft, {
      grant: 'plugin_install',
      externalInstallId: null,
    })
    expect(outcome).toMatchObject({ kind: 'app_fault', code })
    expect(fake.calls).toHaveLength(0)
  })
})

describe('an Envoy account', () => {
  const ask = { grant: 'plugin_install', accessToken: Secret.of('a'), apiUrl: null } as const
  const companies = (data: unknown): FakeAnswer => ({
    status: 200,
    body: { data, meta: { page: 1, perPage: 25, total: 1 } },
  })

  it('is the company of the token answer, with its name where it may be read', async () => {
    const fake = await start(() =>
      companies([
        { id: 7, name: 'Other' },
        { id: 10000, name: 'Harbor & Pine' },
      ]),
    )
    const account = { externalAccountId: '10000' }
    expect(await envoy.identify(fake.context, app(fake.origin), { ...ask, account })).toMatchObject({
      kind: 'identified',
      identity: {
        externalAccountId: '10000',
        accountName: 'Harbor & Pine',
        orgName: 'Harbor & Pine',
        scopes: null,
      },
    })
    const forbidden = await start(() => ({ status: 403, body: '' }))
    expect(await envoy.identify(forbidden.context, app(forbidden.origin), { ...ask, account })).toMatchObject(
      {
        kind: 'identified',
        identity: { accountName: 'Envoy company 10000', orgName: null },
      },
    )
  })

  it('is the only company there is when the answer named none, else unknown', async () => {
    const one = await start(() => companies([{ id: '7', attributes: { name: 'Solo' } }]))
    expect(await envoy.identify(one.context, app(one.origin), { ...ask, account: {} })).toMatchObject({
      identity: { externalAccountId: '7', accountName: 'Solo' },
    })
    const two = await start(() => companies([{ id: '7' }, { id: '8' }]))
    expect(await envoy.identify(two.context, app(two.origin), { ...ask, account: {} })).toMatchObject({
      kind: 'unknown',
    })
    const dead = await start(() => ({ status: 401 }))
    expect(
      await envoy.identify(dead.context, app(dead.origin), { ...ask, account: { externalAccountId: '1' } }),
    ).toMatchObject({
      kind: 'dead',
    })
  })

  it('is alive when locations are listed or forbidden', async () => {
    for (const [status, kind] of [
      [200, 'alive'],
      [403, 'alive'],
      [401, 'dead'],
      [500, 'unknown'],
    ] as const) {
      const fake = await start(() => ({ status, body: { data: [] } }))
      expect((await envoy.probe(fake.context, app(fake.origin), ask)).kind).toBe(kind)
      expect(fake.calls[0]?.path).toBe('/v1/locations')
      expect(fake.calls[0]?.query.get('perPage')).toBe('1')
    }
  })

  it('cannot be revoked from here', async () => {
    const fake = await start(tokens)
    const receipt = await envoy.revoke(fake.context, app(fake.origin), {
      ...ask,
      refreshToken: Secret.of('r'),
    })
    expect(receipt).toMatchObject({ kind: 'no_revoke', detail: expect.stringMatching(/remove/) })
    expect(fake.calls).toHaveLength(0)
  })
})

describe('the check of an Envoy app', () => {
  it('reads a refused token as accepted credentials', async () => {
    const accepted = await start(() => ({ status: 404, body: { error: 'subject not found' } }))
    expect(await envoy.checkApp(accepted.context, app(accepted.origin))).toMatchObject({ kind: 'ok' })
    const refused = await start(() => ({ status: 401, body: { error: 'invalid_client' } }))
    expect(await envoy.checkApp(refused.context, app(refused.origin))).toMatchObject({
      kind: 'wrong_credentials',
    })
    const elsewhere = await start(() => ({ status: 404, body: '<html><h1>nothing here</h1></html>' }))
    expect(await envoy.checkApp(elsewhere.context, app(elsewhere.origin))).toMatchObject({ kind: 'unclear' })
    expect(await envoy.checkApp(elsewhere.context, app('http://127.0.0.1:1'))).toMatchObject({
      kind: 'unreachable',
    })
  })
})

describe('Envoy’s rate figures', () => {
  it('are only what a 429 says', () => {
    const at = fakeNow
    const headers = new Headers({ 'retry-after': '30' })
    expect(envoy.readRateHeaders({ status: 200, headers, at })).toBeNull()
    expect(envoy.readRateHeaders({ status: 429, headers: new Headers(), at })).toBeNull()
    expect(envoy.readRateHeaders({ status: 429, headers, at })).toEqual({
      limit: null,
      remaining: null,
      resetsAt: null,
      retryAt: new Date(at.getTime() + 30_000),
    })
  })
})
