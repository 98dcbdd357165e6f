import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importPKCS8, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { INES, MIRA, startOutreach } from './test-outreach'

const HOUR_MS = 3_600_000
let folder: string
let t: ReturnType<typeof startOutreach>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outreach-'))
  t = startOutreach({ folder, appUrl: 'http://127.0.0.1:9/' })
})
afterEach(() => rmSync(folder, { recursive: true }))

const prod = () => t.appOf('sandbox-outreach-prod')
const s2s = () => t.appOf('sandbox-outreach-s2s')

describe('the ready-made apps', () => {
  it('are four, with what their owner types into Patchbay', () => {
    expect(t.outreach.apps()).toMatchObject([
      { key: 'sandbox-outreach-dev', environment: 'development', grants: ['oauth_code'] },
      { key: 'sandbox-outreach-prod', environment: 'production', grants: ['oauth_code'] },
      {
        key: 'sandbox-outreach-s2s',
        environment: 'production',
        grants: ['s2s'],
        clientId: null,
        clientSecret: null,
        s2sGuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        s2sPrivateKeyPem: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----/),
        installUrl: `http://outreach.sandbox.test/apps/${s2s().s2sGuid}/install`,
        landingUrl: 'http://127.0.0.1:9/outreach/setup/sandbox-outreach-s2s',
        webhookUrl: 'http://127.0.0.1:9/api/webhooks/outreach',
        redirectUris: [],
      },
      {
        key: 'sandbox-outreach-legacy',
        scopes: expect.arrayContaining(['read_prospect']),
        redirectUris: ['http://127.0.0.1:9/api/callback/outreach'],
      },
    ])
    expect(JSON.stringify(t.outreach.apps())).not.toContain('publicKeyPems')
  })

  it('have secrets that only a careful client gets across, each its own', () => {
    const secrets = t.outreach.apps().flatMap((app) => [app.clientSecret, app.webhookSecret])
    const given = secrets.filter((secret) => secret !== null)
    expect(new Set(given).size).toBe(4)
    for (const secret of given) for (const letter of '+/=&%') expect(secret).toContain(letter)
  })
})

describe('a restart', () => {
  const restart = async () => {
    await t.outreach.flush()
    t = startOutreach({ folder, clock: t.context.clock, appUrl: 'http://127.0.0.1:9/' })
  }

  it('keeps credentials, tokens, installs and settings', async () => {
    const before = t.outreach.apps()
    const { access_token, refresh_token } = await t.connect(prod(), MIRA)
    await t.run('install', { org: 'copperfield', order: 'landing_only' })
    await t.run('settings', { reset: 'iso' })
    await restart()
    expect(t.outreach.apps()).toEqual(before)
    expect((await t.api(access_token)).headers.get('x-ratelimit-reset')).toMatch(/Z$/)
    expect((await t.refreshLater(prod(), refresh_token)).status).toBe(200)
    expect(t.outreach.overview()).toMatchObject({ installs: [{ company: 'copperfield', ended: false }] })
  })

  it('after a reset finds the first day and the same credentials', async () => {
    const before = t.outreach.apps()
    const { access_token } = await t.connect(prod(), MIRA)
    await t.run('app-scopes', { app: 'sandbox-outreach-prod', scopes: 'users.read' })
    await t.outreach.reset()
    await restart()
    expect(t.outreach.apps()).toEqual(before)
    expect((await t.api(access_token)).status).toBe(401)
  })
})

describe('S2S from end to end', () => {
  const appToken = async () => {
    const nowS = t.context.clock.nowS()
    return new SignJWT({ iss: s2s().s2sGuid ?? '', iat: nowS, exp: nowS + 3_600 })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(await importPKCS8(s2s().s2sPrivateKeyPem ?? '', 'RS256'))
  }
  const act = async (path: string) =>
    t.server.request(`/api/app/installs/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await appToken()}` },
    })

  it('goes from the landing URL to a token that opens the S2S part of the API for an hour', async () => {
    const installed = await t.run('install', { org: 'copperfield', order: 'landing_only' })
    const { open } = installed as { open: string }
    const landing = new URL((await t.server.request(new URL(open).pathname)).headers.get('location') ?? '')
    const setupToken = landing.searchParams.get('installSetupToken')
    const install = (await (await act(`${setupToken}/actions/setupToken?include=app,org`)).json()).data
    expect(install.relationships.app.data.id).toBe(s2s().s2sGuid)
    const { data } = await (await act(`${install.id}/actions/accessToken`)).json()
    const token = data.meta.accessToken

    const accounts = await t.api(token, '/api/v2/accounts?page[size]=1')
    expect(accounts.status).toBe(200)
    expect(accounts.headers.get('x-ratelimit-remaining')).toBe('9999')
    expect((await t.api(token)).status).toBe(403)
    expect((await t.api(token, '/api/v2/stages')).status).toBe(403)
    t.context.clock.advance(HOUR_MS)
    const expired = await t.api(token, '/api/v2/accounts')
    expect([expired.status, (await expired.json()).error]).toEqual([401, 'Expired JWT token.'])
  })

  it('ends with the uninstall: the token is dead at once', async () => {
    const installed = await t.run('install', { org: 'copperfield', order: 'landing_only' })
    const { installId } = installed as { installId: string }
    const { data } = await (await act(`${installId}/actions/accessToken`)).json()
    await t.run('uninstall', { org: 'copperfield' })
    const dead = await t.api(data.meta.accessToken, '/api/v2/accounts')
    expect([dead.status, (await dead.json()).error]).toEqual([401, 'Revoked JWT token.'])
    expect((await act(`${installId}/actions/accessToken`)).status).toBe(404)
  })
})

describe('what is told elsewhere', () => {
  it('never holds a secret: calls, overview and front page', async () => {
    const { access_token, refresh_token } = await t.connect(prod(), INES)
    await t.api(access_token)
    await t.run('install', { org: 'copperfield', order: 'landing_only' })
    const shown = JSON.stringify([
      t.context.calls.recent(),
      t.outreach.overview(),
      await (await t.server.request('/')).text(),
    ])
    const secrets = t.outreach.apps().flatMap((app) => [app.clientSecret, app.webhookSecret])
    for (const secret of [access_token, refresh_token, ...secrets])
      if (typeof secret === 'string') expect(shown).not.toContain(secret)
    expect(shown).toContain('installId')
  })

  it('every answer to an unknown address is JSON', async () => {
    const answer = await t.server.request('/.well-known/openid-configuration')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: '404', description: 'route not found' })
  })

  it('discovery leads to the MCP server, never to the REST API’s endpoints', async () => {
    const metadata = await (await t.server.request('/.well-known/oauth-authorization-server')).json()
    expect(metadata.token_endpoint).toBe('http://outreach.sandbox.test/mcpOAuth/token')
    expect((await t.server.request('/mcpOAuth/token', { method: 'POST' })).status).toBe(404)
  })

  it('secrets that were handed out are told to the ledger', async () => {
    const ledger: string[] = []
    t = startOutreach({ issued: (kind) => ledger.push(kind) })
    await t.connect(prod(), MIRA)
    const { open } = (await t.run('install', { order: 'landing_only' })) as { open: string }
    await t.server.request(new URL(open).pathname)
    expect(new Set(ledger)).toEqual(new Set(['code', 'access_token', 'refresh_token', 'setup_token']))
  })
})
