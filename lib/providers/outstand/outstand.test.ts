import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fakeNow, fakeProviders, openApp } from '../../../tests/fake-provider'
import type { FakeAnswer, FakeCall } from '../../../tests/fake-server'
import { Secret } from '../../core/secret'
import { outstand } from './outstand'
import { ssoUrl } from './sso-url'
import { tokenInfoSchema } from './token-info'
import { readOutstandEvent } from './webhook-event'

const start = fakeProviders()
const app = (baseUrl: string) =>
  openApp({
    provider: 'outstand',
    grants: ['oauth_code', 'client_credentials'],
    baseUrl,
    rateLimitBypass: Secret.of('bypass-1'),
  })
const pair = {
  access_token: 'access-1',
  token_type: 'bearer',
  expires_in: 7200,
  refresh_token: 'refresh-1',
  created_at: 1447820578,
}

describe('consent at Outstand', () => {
  it('sends no scope unless some are configured, on the white label’s own host and path', () => {
    const request = { redirectUri: 'https://p.example/cb', state: 's', codeChallenge: 'c', scopes: [] }
    const url = outstand.authorizeUrl(openApp({ baseUrl: 'https://mail.customer.example/outstand' }), request)
    expect(`${url.origin}${url.pathname}`).toBe('https://mail.customer.example/outstand/oauth/authorize')
    expect(url.searchParams.has('scope')).toBe(false)
    const asked = outstand.authorizeUrl(openApp({}), { ...request, scopes: ['read', 'write'] })
    expect(asked.searchParams.get('scope')).toBe('read write')
  })
})

describe('Outstand’s token calls', () => {
  const json = (call: FakeCall | undefined): unknown => JSON.parse(call?.body ?? 'null')
  const strict = (call: FakeCall): FakeAnswer =>
    call.path === '/oauth/token' &&
    call.headers['content-type'] === 'application/json' &&
    !call.headers.authorization
      ? { status: 200, body: pair }
      : { status: 415 }

  it('have the JSON bodies of seed 004', async () => {
    const fake = await start(strict)
    const secrets = { code: Secret.of('code'), codeVerifier: Secret.of('verifier') }
    const redirectUri = 'https://example.com/auth/outstand/callback'
    const exchanged = await outstand.exchangeCode(fake.context, app(fake.origin), {
      ...secrets,
      redirectUri,
    })
    await outstand.refresh(fake.context, app(fake.origin), { refreshToken: Secret.of('refresh-0') })
    const credentials = { client_id: 'client id+1', client_secret: 's+e/c=r&e%t' }
    expect(json(fake.calls[0])).toEqual({
      ...credentials,
      code: 'code',
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code_verifier: 'verifier',
    })
    expect(json(fake.calls[1])).toEqual({
      ...credentials,
      refresh_token: 'refresh-0',
      grant_type: 'refresh_token',
    })
    expect(exchanged).toMatchObject({
      kind: 'renewed',
      tokens: {
        accessExpiresAt: new Date(fakeNow.getTime() + 7_200_000),
        refreshExpiresAt: null,
        scopes: null,
      },
    })
  })

  it('mint the application’s token with its one scope', async () => {
    const fake = await start(strict)
    const request = { grant: 'client_credentials', externalInstallId: null } as const
    expect((await outstand.mint(fake.context, app(fake.origin), request)).kind).toBe('renewed')
    expect(json(fake.calls[0])).toEqual({
      client_id: 'client id+1',
      client_secret: 's+e/c=r&e%t',
      grant_type: 'client_credentials',
      scope: 'provision_users',
    })
    expect(await outstand.mint(fake.context, app(fake.origin), { ...request, grant: 's2s' })).toMatchObject({
      kind: 'app_fault',
      code: 'grant_not_supported',
    })
  })

  it.each([
    [400, { error: 'invalid_grant' }, 'terminal'],
    [401, { error: 'invalid_grant' }, 'terminal'],
    [401, { error: 'invalid_client' }, 'app_fault'],
    [400, 'bad', 'transient'],
    [404, '', 'transient'],
    [429, 'Retry later\n', 'transient'],
    [200, '', 'transient'],
  ])('read %i %j as %s', async (status, body, kind) => {
    const fake = await start(() => ({ status, body }))
    const outcome = await outstand.refresh(fake.context, app(fake.origin), { refreshToken: Secret.of('r') })
    expect(outcome.kind).toBe(kind)
  })

  it('tell a wrong secret from an unreachable host', async () => {
    const fake = await start((call) =>
      call.body.includes('s+e/c') || call.body.includes('refresh_token')
        ? { status: 400, body: { error: 'invalid_grant' } }
        : {
            status: 401,
            body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
          },
    )
    expect(await outstand.checkApp(fake.context, app(fake.origin))).toMatchObject({ kind: 'ok' })
    const wrong = { ...app(fake.origin), clientSecret: Secret.of('wrong') }
    expect(await outstand.checkApp(fake.context, wrong)).toMatchObject({ kind: 'wrong_credentials' })
    expect(await outstand.checkApp(fake.context, app('http://127.0.0.1:1'))).toMatchObject({
      kind: 'unreachable',
    })
    expect(await outstand.checkApp(fake.context, { ...app(fake.origin), clientId: null })).toMatchObject({
      kind: 'unclear',
    })
  })
})

describe('token info', () => {
  it('is read with the field names of both versions', () => {
    expect(
      tokenInfoSchema.parse({
        resource_owner_id: 1,
        scope: ['a', 'b'],
        expires_in: 9,
        application: { uid: 'u' },
        created_at: 1,
      }),
    ).toEqual({ resourceOwnerId: '1', scopes: ['a', 'b'], expiresInS: 9, applicationUid: 'u' })
    expect(tokenInfoSchema.parse({ resource_owner_id: 'x', scopes: 'a b', expires_in_seconds: 9 })).toEqual({
      resourceOwnerId: 'x',
      scopes: ['a', 'b'],
      expiresInS: 9,
      applicationUid: null,
    })
    expect(tokenInfoSchema.parse({ resource_owner_id: null })).toMatchObject({
      resourceOwnerId: null,
      scopes: null,
    })
    expect(tokenInfoSchema.safeParse('text').success).toBe(false)
  })
})

describe('an Outstand account', () => {
  const info = {
    resource_owner_id: 8,
    scope: ['identity', 'read'],
    expires_in: 7199,
    application: { uid: 'uid-1' },
  }
  const profiles = [{ id: 8, profile_name: 'Default', full_name: 'John Smith', email: 'john@example.com' }]
  const api =
    (owner: unknown, profile: FakeAnswer) =>
    (call: FakeCall): FakeAnswer => {
      if (
        call.headers.authorization !== 'Bearer access-1' ||
        call.headers['x-ratelimit-bypass'] !== 'bypass-1'
      )
        return { status: 401 }
      if (call.path === '/oauth/token/info')
        return { status: 200, body: { ...info, resource_owner_id: owner } }
      return call.path === '/api/v1/profiles.json' ? profile : { status: 404 }
    }
  const ask = { grant: 'oauth_code', accessToken: Secret.of('access-1'), apiUrl: null, account: {} } as const

  it('is the token’s owner, named by its profile where that can be read', async () => {
    const fake = await start(api(8, { status: 200, body: profiles }))
    expect(await outstand.identify(fake.context, app(fake.origin), ask)).toMatchObject({
      kind: 'identified',
      identity: {
        externalAccountId: '8',
        accountName: 'John Smith',
        accountEmail: 'john@example.com',
        scopes: ['identity', 'read'],
      },
    })
    expect(fake.answers).toHaveLength(2)
    for (const profile of [{ status: 403 }, { status: 200, body: [] }, 'destroy'] as const) {
      const other = await start(api(8, profile))
      expect(await outstand.identify(other.context, app(other.origin), ask)).toMatchObject({
        identity: { accountName: 'Outstand user 8', accountEmail: null },
      })
    }
  })

  it('is the application for its own token, and the families are never mixed', async () => {
    const application = await start(api(null, { status: 403 }))
    const grant = 'client_credentials'
    expect(
      await outstand.identify(application.context, app(application.origin), { ...ask, grant }),
    ).toMatchObject({
      kind: 'identified',
      identity: { externalAccountId: 'uid-1', accountName: 'Test app' },
    })
    expect(application.calls).toHaveLength(1)
    expect(await outstand.identify(application.context, app(application.origin), ask)).toMatchObject({
      kind: 'unknown',
      code: 'other_token_family',
    })
    const user = await start(api(8, { status: 403 }))
    expect(await outstand.identify(user.context, app(user.origin), { ...ask, grant })).toMatchObject({
      kind: 'unknown',
      code: 'other_token_family',
    })
  })

  it('is dead on 401, with the reason that only a header gives', async () => {
    const challenge =
      'Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token was revoked"'
    const fake = await start(() => ({ status: 401, headers: { 'www-authenticate': challenge } }))
    expect(await outstand.identify(fake.context, app(fake.origin), ask)).toMatchObject({
      kind: 'dead',
      words: 'The access token was revoked',
    })
    expect(await outstand.probe(fake.context, app(fake.origin), ask)).toMatchObject({ kind: 'dead' })
    const html = await start(() => ({ status: 200, body: '<html><h1>Hi</h1></html>' }))
    expect(await outstand.identify(html.context, app(html.origin), ask)).toMatchObject({ kind: 'unknown' })
  })

  it('is signed in at an address that never carries the token', () => {
    expect(ssoUrl(openApp({ baseUrl: 'https://app.outstand.com' })).href).toBe('https://app.outstand.com/sso')
  })
})

describe('revoking at Outstand', () => {
  it('uses the token first, revokes by the refresh token, and looks whether it took', async () => {
    let used = false
    let revoked = false
    const fake = await start((call) => {
      if (call.path === '/oauth/revoke') {
        const form = new URLSearchParams(call.body)
        revoked = used && form.get('token') === 'refresh-1' && form.get('token_type_hint') === 'refresh_token'
        return { status: 200, body: {} }
      }
      used = true
      return revoked ? { status: 401 } : { status: 200, body: { resource_owner_id: 8 } }
    })
    const request = {
      grant: 'oauth_code',
      accessToken: Secret.of('access-1'),
      refreshToken: Secret.of('refresh-1'),
    } as const
    expect(await outstand.revoke(fake.context, app(fake.origin), request)).toMatchObject({
      kind: 'confirmed',
    })
    const refusing = await start((call) =>
      call.path === '/oauth/revoke'
        ? {
            status: 403,
            body: {
              error: 'unauthorized_client',
              error_description: 'You are not authorized to revoke this token',
            },
          }
        : { status: 200, body: {} },
    )
    expect(await outstand.revoke(refusing.context, app(refusing.origin), request)).toMatchObject({
      kind: 'not_confirmed',
      detail: expect.stringContaining('not authorized to revoke'),
    })
  })

  it('sends nothing while the app has no credentials, and says how to remove it there', async () => {
    const fake = await start(() => ({ status: 200, body: {} }))
    const draft = openApp({ baseUrl: fake.origin, clientId: null })
    const request = { grant: 'oauth_code', accessToken: Secret.of('access-1'), refreshToken: null } as const
    expect(await outstand.revoke(fake.context, draft, request)).toEqual({
      kind: 'not_confirmed',
      detail: `The app has no client id and secret. ${outstand.manifest.removeThere('oauth_code')}`,
    })
    expect(fake.calls).toHaveLength(0)
  })
})

describe('Outstand’s webhooks', () => {
  const secret = Secret.of('shared')
  const body = new TextEncoder().encode(
    '{"username":"john","status":"disabled","oauth2_token":{"access_token":"hidden"}}',
  )
  const sign = (algorithm: string) => createHmac(algorithm, 'shared').update(body).digest('hex')
  const verify = (signature: string | null, raw = body) =>
    outstand.verifyWebhook(
      secret,
      new Headers(signature === null ? {} : { 'X-Outstand-Signature': signature }),
      raw,
    )

  it('are signed with sha256 or sha512 and nothing else', () => {
    expect(verify(`sha256=${sign('sha256')}`)).toEqual({ kind: 'verified' })
    expect(verify(`sha512=${sign('sha512')}`)).toEqual({ kind: 'verified' })
    expect(verify(null)).toEqual({ kind: 'rejected', reason: 'missing_signature' })
    const wrong = [
      sign('sha256'),
      `sha1=${sign('sha1')}`,
      `md5=${sign('md5')}`,
      `sha256=${sign('sha512')}`,
      `sha512=${sign('sha256')}`,
      `sha256=${sign('sha256').slice(2)}`,
      `sha256=${sign('sha256')}, sha256=x`,
      'sha256=',
    ]
    for (const signature of wrong)
      expect(verify(signature)).toEqual({ kind: 'rejected', reason: 'bad_signature' })
    expect(verify(`sha256=${sign('sha256')}`, body.slice(1))).toMatchObject({ kind: 'rejected' })
  })

  it('name event and delivery in headers, and are stored without tokens', () => {
    const headers = new Headers({ 'X-Outstand-Event': 'user_status', 'X-Outstand-Id': 'd-1' })
    const event = readOutstandEvent(headers, body)
    expect(event).toMatchObject({
      name: 'user_status',
      deliveryId: 'd-1',
      username: 'john',
      status: 'disabled',
    })
    expect(JSON.stringify(event)).not.toContain('hidden')
    expect(readOutstandEvent(new Headers(), body)).toBeNull()
    expect(readOutstandEvent(headers, new TextEncoder().encode('[1]'))).toBeNull()
    expect(readOutstandEvent(headers, body.slice(0, 20))).toBeNull()
  })
})
