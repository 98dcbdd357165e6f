import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SandboxRefusal } from '../kernel/action'
import { testContext } from '../kernel/test-context'
import { LENA, type TestOutstand, testOutstand } from './test-outstand'

let folder: string
let outstand: TestOutstand
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-outstand-'))
  outstand = testOutstand()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the apps', () => {
  it('are two, registered for this Patchbay, with secrets that need encoding', () => {
    const [plain, whiteLabel] = outstand.provider.apps()
    expect(plain).toMatchObject({
      key: 'sandbox-outstand',
      grants: ['oauth_code'],
      redirectUris: ['http://patchbay.test/api/callback/outstand'],
      webhookUrl: 'http://patchbay.test/api/webhooks/outstand',
      rateLimitBypass: null,
    })
    expect(whiteLabel).toMatchObject({
      key: 'sandbox-outstand-whitelabel',
      grants: ['oauth_code', 'client_credentials'],
      agreedLimit: { limit: 1200, windowS: 300 },
      rateLimitBypass: expect.stringMatching(/^[\w-]{43}$/),
    })
    for (const app of [plain, whiteLabel])
      for (const letter of '+/=&%') expect(app?.clientSecret).toContain(letter)
  })

  it('keep their secrets over a restart and a reset', async () => {
    const kept = () => testOutstand(testContext('outstand', { folder }))
    outstand = kept()
    const apps = outstand.provider.apps()
    await outstand.provider.reset()
    expect(kept().provider.apps()).toEqual(apps)
  })
})

describe('a token answer', () => {
  it('has the default scopes, or no scope at all as in the document', async () => {
    expect((await outstand.connect()).scope).toBe('identity read write')
    await outstand.run('revoke')
    await outstand.run('default-scopes', { scopes: '' })
    expect(Object.keys(await outstand.connect())).toEqual([
      'access_token',
      'token_type',
      'expires_in',
      'refresh_token',
      'created_at',
    ])
    await expect(outstand.run('default-scopes', { scopes: 'provision_users' })).rejects.toBeInstanceOf(
      SandboxRefusal,
    )
  })
})

describe('a stopped user', () => {
  it.each(['disabled', 'suspended', 'canceled'])(
    'who is %s cannot sign in, and their tokens sleep',
    async (status) => {
      const { access_token } = await outstand.connect({ person: LENA })
      await outstand.run('user-status', { person: 'lena@crestline.example', status })
      expect((await outstand.get('/oauth/token/info', access_token)).status).toBe(401)
      expect(await (await outstand.app.request('/session/new')).text()).not.toContain('Lena Voss')
      await outstand.run('user-status', { person: LENA, status: 'active' })
      expect((await outstand.get('/oauth/token/info', access_token)).status).toBe(200)
    },
  )
})

describe('the state', () => {
  it('survives a restart', async () => {
    const kept = () => testOutstand(testContext('outstand', { folder }))
    outstand = kept()
    const { access_token } = await outstand.connect()
    const made = await outstand.send('POST', '/api/v1/contacts.json', access_token, {
      first_name: 'A',
      last_name: 'B',
    })
    const { id } = (await made.json()) as { id: number }
    outstand = kept()
    expect((await outstand.get(`/api/v1/contacts/${id}.json`, access_token)).status).toBe(200)
  })

  it('begins anew on reset', async () => {
    const { access_token } = await outstand.connect()
    await outstand.run('rate-limit', { limit: 5 })
    await outstand.provider.reset()
    expect(outstand.provider.overview()).toMatchObject({ livePairs: 0, limit: 300 })
    expect((await outstand.get('/api/v1/contacts.json', access_token)).status).toBe(401)
  })

  it('is shown without a token or secret in it', async () => {
    const pair = await outstand.connect()
    const shown = JSON.stringify([outstand.provider.overview(), outstand.context.calls.recent()])
    const secrets = outstand.provider
      .apps()
      .flatMap((app) => [app.clientSecret, app.webhookSecret, app.rateLimitBypass])
    for (const secret of [pair.access_token, pair.refresh_token, ...secrets])
      if (secret !== null) expect(shown).not.toContain(secret)
  })
})

describe('an unknown path', () => {
  it('is 404 with an empty body', async () => {
    const answer = await outstand.app.request('/nowhere')
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })
})
