import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SandboxRefusal } from '../kernel/action'
import { startTestApp, startTestEnvoy, type TestApp, type TestEnvoy } from './test-envoy'

const PLUGIN = 'sandbox-envoy-plugin'
let app: TestApp
let test: TestEnvoy

beforeEach(async () => {
  app = await startTestApp()
  test = startTestEnvoy({ appUrl: app.url })
})

afterEach(() => app.close())

type Pair = { readonly access_token: string; readonly refresh_token: string }

async function installAndExchange(): Promise<Pair> {
  const done = (await test.act('install')) as { install: number }
  return (await test.token(PLUGIN, { grant_type: 'plugin_install', install_id: done.install })).json()
}

async function apiStatus(pair: Pair): Promise<number> {
  const headers = { authorization: `Bearer ${pair.access_token}` }
  return (await test.envoy.app.request('/v1/companies', { headers })).status
}

async function refreshStatus(pair: Pair): Promise<number> {
  const fields = { grant_type: 'refresh_token', refresh_token: pair.refresh_token }
  return (await test.token(PLUGIN, fields)).status
}

describe('the apps', () => {
  it('are the two that Patchbay is made to know, with what has to be typed in', () => {
    expect(test.envoy.apps()).toMatchObject([
      {
        key: PLUGIN,
        grants: ['plugin_install'],
        environment: 'sandbox',
        webhookUrl: `${app.url}/api/webhooks/envoy`,
        pluginId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      {
        key: 'sandbox-envoy-oauth',
        grants: ['oauth_code'],
        redirectUris: [`${app.url}/api/callback/envoy`],
        scopes: expect.arrayContaining(['token.refresh']),
      },
    ])
  })

  it('have secrets that careless encoding breaks', () => {
    for (const { clientSecret } of test.envoy.apps()) {
      for (const character of '+/=&%') expect(clientSecret).toContain(character)
    }
  })
})

describe('the actions', () => {
  it('install runs the whole set-up, and tells what blocked it', async () => {
    const fine = { install: 1_000_000, companyId: '100000', status: 'installed', callback: { kind: 'merge' } }
    expect(await test.act('install')).toMatchObject(fine)
    app.respond = () => ({ status: 412, body: '{"message":"No"}' })
    expect(await test.act('install', { person: '7003', location: '20031' })).toEqual({
      install: 1_000_001,
      companyId: '100417',
      status: 'setting_up',
      options: { kind: 'blocked', message: 'No' },
    })
  })

  it('refuse what cannot be done', async () => {
    await expect(test.act('install', { person: '7002' })).rejects.toThrow(SandboxRefusal)
    await expect(test.act('uninstall')).rejects.toThrow('Nothing is installed')
    await expect(test.act('send-event', { install: 5 })).rejects.toThrow('No install 5')
    await expect(test.act('envelope', { shape: 'other' })).rejects.toThrow()
  })

  it('expire ends the access token, the refresh token, or both', async () => {
    const pair = await installAndExchange()
    await test.act('expire', { company: '100417' })
    await test.act('expire', { app: 'sandbox-envoy-oauth' })
    await test.act('expire', { install: 7 })
    expect(await apiStatus(pair)).toBe(200)
    await test.act('expire', { install: 1_000_000 })
    expect(await apiStatus(pair)).toBe(401)
    await test.act('expire', { what: 'refresh' })
    expect(await refreshStatus(pair)).toBe(404)
  })

  it('revoke ends both halves', async () => {
    const pair = await installAndExchange()
    await test.act('revoke', { company: '100000' })
    expect([await apiStatus(pair), await refreshStatus(pair)]).toEqual([401, 404])
  })

  it('cut-scopes takes them from tokens that are out and from those to come', async () => {
    const pair = await installAndExchange()
    await test.act('cut-scopes', { scopes: ['companies.read'] })
    expect(await apiStatus(pair)).toBe(403)
    expect(await apiStatus(await installAndExchange())).toBe(403)
  })

  it('uninstall can keep silent', async () => {
    const pair = await installAndExchange()
    const before = app.received.length
    await test.act('uninstall', { notify: false })
    expect([app.received.length, await refreshStatus(pair)]).toEqual([before, 404])
  })

  it('lose-answer rotates the pair and answers nothing', async () => {
    const pair = await installAndExchange()
    await test.act('lose-answer')
    expect(await refreshStatus(pair)).toBe(599)
    expect(await refreshStatus(pair)).toBe(404)
  })

  it('tokens lists what is out by fingerprint', async () => {
    const pair = await installAndExchange()
    const listed = (await test.act('tokens', { install: 1_000_000 })) as {
      refreshFingerprint: string | null
    }[]
    expect(listed.filter(({ refreshFingerprint }) => refreshFingerprint !== null)).toHaveLength(1)
    expect(JSON.stringify(listed)).not.toContain(pair.refresh_token)
  })
})

describe('the state', () => {
  it('goes back to the first day on reset, but for the apps', async () => {
    const pair = await installAndExchange()
    const apps = test.envoy.apps()
    await test.act('rotation-mode', { mode: 'grace' })
    await test.envoy.reset()
    expect(test.envoy.apps()).toEqual(apps)
    expect(await refreshStatus(pair)).toBe(404)
    expect(test.envoy.overview()).toMatchObject({
      installs: [],
      tokens: 0,
      settings: { rotationMode: 'immediate' },
    })
  })

  it('survives a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-envoy-'))
    try {
      test = startTestEnvoy({ appUrl: app.url, folder })
      const pair = await installAndExchange()
      const apps = test.envoy.apps()
      await test.envoy.flush()
      test = startTestEnvoy({ appUrl: app.url, folder })
      expect(test.envoy.apps()).toEqual(apps)
      expect([await apiStatus(pair), await refreshStatus(pair)]).toEqual([200, 200])
      expect(await test.act('replay-webhook')).toMatchObject({ name: 'step-0-callback', status: 200 })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

it('every page says that it is the sandbox, and knows no other address', async () => {
  for (const path of ['/', '/sign-in', '/nowhere']) {
    const page = await (await test.envoy.app.request(path)).text()
    expect(page).toContain('Sandbox Envoy')
    expect(page).not.toMatch(/<script|https:\/\//)
  }
})
