import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { Hono } from 'hono'
import { importPKCS8, SignJWT } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SandboxEnv } from '../../kernel/contract'
import { testContext } from '../../kernel/test-context'
import { readyApps } from '../apps'
import { orgById } from '../data/orgs'
import { initialState } from '../state'
import { s2sActionRoutes } from './actions'
import { addInstall, endInstall, issueSetupToken } from './installs'

const MINUTE_MS = 60_000
const context = testContext('outreach')
const { s2s: app } = readyApps(context, () => undefined)

function start() {
  const ledger: string[] = []
  const fresh = testContext('outreach', { issued: (kind) => ledger.push(kind) })
  const store = fresh.openStore('state', { version: 1, initial: initialState })
  const routes = new Hono<SandboxEnv>()
  routes.route('/', s2sActionRoutes({ context: fresh, store, app, signingKey: 'key' }))
  const install = addInstall(store.state, 101, 1001, fresh.clock.nowMs())
  return { context: fresh, state: store.state, routes, install, ledger }
}
let outreach = start()
beforeEach(() => {
  outreach = start()
})

async function appToken(claims: Record<string, unknown> = {}, key?: KeyObject): Promise<string> {
  const nowS = outreach.context.clock.nowS()
  const signer = key ?? (await importPKCS8(app.s2sPrivateKeyPem ?? '', 'RS256'))
  return new SignJWT({ iss: app.s2sGuid, iat: nowS, exp: nowS + 3_600, ...claims })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(signer)
}
async function call(path: string, token?: string, method = 'POST'): Promise<Response> {
  const headers = { authorization: `Bearer ${token ?? (await appToken())}` }
  return outreach.routes.request(`/api/app/installs/${path}`, { method, headers })
}
const mint = (token?: string) => call(`${outreach.install.guid}/actions/accessToken`, token)
const setupToken = () => issueSetupToken(outreach.state, outreach.install, outreach.context.clock.nowMs())
const errorOf = async (answer: Response) => (await answer.json()).errors[0]

describe('accessToken', () => {
  it('answers the install with a token for one hour at data.meta.accessToken', async () => {
    const answer = await mint()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/vnd.api+json')
    const { data } = await answer.json()
    expect(data).toMatchObject({ type: 'install', id: outreach.install.guid })
    expect(data.relationships.org.data.id).toBe(orgById(101)?.guid)
    expect(data.meta.accessToken).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
    const [kept] = outreach.state.s2sTokens
    expect(kept?.expiresAtMs).toBe(outreach.context.clock.nowMs() + 60 * MINUTE_MS)
    expect(JSON.stringify(outreach.state)).not.toContain(data.meta.accessToken)
  })

  it('gives another token each time, and none ends the one before', async () => {
    const [a, b] = [await (await mint()).json(), await (await mint()).json()]
    expect(a.data.meta.accessToken).not.toBe(b.data.meta.accessToken)
    expect(outreach.state.s2sTokens.map((one) => one.revoked)).toEqual([false, false])
  })

  it('tells the ledger of the app token that it was asked with, and of its own', async () => {
    await mint()
    expect(outreach.ledger).toEqual(['app_token', 'access_token'])
  })

  it('can be held to one mint a minute', async () => {
    outreach.state.switches.s2sMintThrottle = true
    expect((await mint()).status).toBe(200)
    const throttled = await mint()
    expect(throttled.status).toBe(429)
    expect(await throttled.text()).toBe('Retry later\n')
    outreach.context.clock.advance(MINUTE_MS)
    expect((await mint()).status).toBe(200)
  })
})

describe('setupToken', () => {
  it('answers the install as seed 000 shows it, and expands app and org when asked', async () => {
    const token = setupToken()
    const { data, included } = await (await call(`${token}/actions/setupToken`)).json()
    expect(data).toMatchObject({ type: 'install', id: outreach.install.guid })
    expect(data.attributes.installedAt).toBe('2026-01-05T10:00:00')
    expect(data.relationships.org.links.api).toBe('http://outreach.sandbox.test/api/v2')
    expect(data).not.toHaveProperty('meta')
    expect(included).toBeUndefined()
    const expanded = await (await call(`${token}/actions/setupToken?include=app,org`)).json()
    expect(expanded.included.map((one: { type: string }) => one.type)).toEqual(['app', 'org'])
  })

  it('refuses one that is forged, over fifteen minutes old or of an ended install with 404', async () => {
    expect((await call(`${'x'.repeat(43)}/actions/setupToken`)).status).toBe(404)
    const token = setupToken()
    outreach.context.clock.advance(15 * MINUTE_MS)
    expect(await errorOf(await call(`${token}/actions/setupToken`))).toMatchObject({ id: 'resourceNotFound' })
    const fresh = setupToken()
    endInstall(outreach.state, outreach.install, outreach.context.clock.nowMs())
    expect((await call(`${fresh}/actions/setupToken`)).status).toBe(404)
  })

  it('can be good for one validation only', async () => {
    outreach.state.switches.setupTokenUse = 'once'
    const token = setupToken()
    expect((await call(`${token}/actions/setupToken`)).status).toBe(200)
    expect((await call(`${token}/actions/setupToken`)).status).toBe(404)
  })

  it('does not take an INSTALL_ID, nor accessToken a setup token', async () => {
    expect((await call(`${outreach.install.guid}/actions/setupToken`)).status).toBe(404)
    expect((await call(`${setupToken()}/actions/accessToken`)).status).toBe(404)
  })

  it('refuses to expand anything else', async () => {
    expect((await call(`${setupToken()}/actions/setupToken?include=owner`)).status).toBe(400)
  })
})

describe('both actions', () => {
  it.each([
    ['of another issuer', { iss: 'other' }],
    ['expired', { iat: 0, exp: 60 }],
    ['living more than an hour', { exp: Date.UTC(2026, 0, 5, 13) / 1_000 }],
    ['without iat', { iat: undefined }],
  ])('refuse an app token %s with 401 and say why in JSON:API', async (_name, claims) => {
    const answer = await mint(await appToken(claims))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toBe('application/vnd.api+json')
    expect(await errorOf(answer)).toMatchObject({ detail: expect.stringMatching(/\S/) })
  })

  it('refuse an app token under a foreign key, and a call without one', async () => {
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    expect((await mint(await appToken({}, foreign))).status).toBe(401)
    const bare = await outreach.routes.request(
      `/api/app/installs/${outreach.install.guid}/actions/accessToken`,
      {
        method: 'POST',
      },
    )
    expect(bare.status).toBe(401)
  })

  it('refuse an S2S token in the app token’s place', async () => {
    const { data } = await (await mint()).json()
    expect((await mint(data.meta.accessToken)).status).toBe(401)
  })

  it('know POST only', async () => {
    expect((await call(`${outreach.install.guid}/actions/accessToken`, undefined, 'GET')).status).toBe(404)
  })

  it('refuse an unknown or removed install with 404', async () => {
    expect((await call('3f0c6a52-8d1e-4b7a-9a55-6d2c1e90b417/actions/accessToken')).status).toBe(404)
    endInstall(outreach.state, outreach.install, outreach.context.clock.nowMs())
    expect(await errorOf(await mint())).toMatchObject({ id: 'resourceNotFound' })
  })

  it.each([
    ['lockedOrgs', 'lockedStatus', 'organizationLocked', 403],
    ['deletedOrgs', 'deletedStatus', 'organizationDeleted', 404],
  ] as const)('refuse an org among %s, with a status that can be chosen', async (list, name, id, usual) => {
    const token = setupToken()
    outreach.state[list] = [101]
    const answer = await mint()
    expect(answer.status).toBe(usual)
    expect(await errorOf(answer)).toMatchObject({ id })
    expect((await call(`${token}/actions/setupToken`)).status).toBe(usual)
    outreach.state.switches[name] = 410
    expect((await mint()).status).toBe(410)
    outreach.state[list] = []
    expect((await mint()).status).toBe(200)
  })
})
