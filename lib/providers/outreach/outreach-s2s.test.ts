import { importSPKI, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { fakeNow, fakeProviders, openApp } from '../../../tests/fake-provider'
import type { FakeCall } from '../../../tests/fake-server'
import { Secret } from '../../core/secret'
import { generateKeyPair, type PrivateKey } from '../../oauth/private-key'
import type { OpenApp } from '../contract'
import { outreach } from './outreach'
import { isSetupTokenShape, validateSetupToken } from './setup-token'

const start = fakeProviders()
const guid = '5f0c9a52-1111-4222-8333-abcdefabcdef'
const setupToken = Secret.of('setup-token.1~a_b')
let key: PrivateKey
beforeAll(async () => {
  key = await generateKeyPair()
})

function s2sApp(baseUrl: string, more: Partial<OpenApp> = {}): OpenApp {
  return openApp({
    baseUrl,
    grants: ['s2s'],
    clientId: null,
    clientSecret: null,
    s2sGuid: guid,
    s2sPrivateKey: key.privateKey,
    ...more,
  })
}

const install = (more: Record<string, unknown> = {}) => ({
  data: {
    type: 'install',
    id: 'install-1',
    attributes: { installedAt: '2019-01-01T00:00:00' },
    relationships: {
      app: { data: { type: 'app', id: guid.toUpperCase() } },
      org: { data: { type: 'org', id: 'org-1' }, links: { api: 'https://app1c.outreach.io/api/v2' } },
    },
    ...more,
  },
  included: [
    { type: 'app', id: guid.toUpperCase(), attributes: { name: 'Our app' } },
    { type: 'org', id: 'org-1', attributes: { name: 'Harbour Lane' } },
  ],
})

/** Whether the app token of a call verifies as Outreach would check it. */
async function isSigned(call: FakeCall | undefined): Promise<boolean> {
  const token = /^Bearer (.+)$/.exec(call?.headers.authorization ?? '')?.[1] ?? ''
  const publicKey = await importSPKI(key.publicKeyPem, 'RS256')
  const options = { issuer: guid, algorithms: ['RS256'], currentDate: fakeNow }
  const { payload } = await jwtVerify(token, publicKey, options)
  return (payload.exp ?? 0) - (payload.iat ?? 0) <= 3600
}

describe('minting an S2S token', () => {
  const ask = { grant: 's2s', externalInstallId: 'install-1' } as const
  const minted = {
    data: {
      type: 'install',
      id: 'install-1',
      relationships: { org: { data: { type: 'org', id: 'org-1' } } },
      meta: { accessToken: 's2s-access' },
    },
  }

  it('posts an empty body with a valid app token and reads the token for an hour', async () => {
    const fake = await start(() => ({ status: 200, body: minted }))
    const outcome = await outreach.mint(fake.context, s2sApp(fake.origin), ask)
    const [call] = fake.calls
    expect(call).toMatchObject({
      method: 'POST',
      path: '/api/app/installs/install-1/actions/accessToken',
      body: '',
    })
    expect(await isSigned(call)).toBe(true)
    expect(outcome).toMatchObject({
      kind: 'renewed',
      tokens: {
        refreshToken: null,
        refreshExpiresAt: null,
        scopes: null,
        accessExpiresAt: new Date(fakeNow.getTime() + 3_600_000),
        account: { externalAccountId: 'org-1', externalOrgId: 'org-1' },
      },
    })
    expect(outcome.kind === 'renewed' && outcome.tokens.accessToken.reveal()).toBe('s2s-access')
  })

  it('believes an expiry that is told and plausible', async () => {
    const told: [object, number][] = [
      [{ expiresIn: 600 }, 600],
      [{ expiresAt: '2026-03-01T12:20:00' }, 1200],
      [{ expiresAt: '2020-01-01T00:00:00Z' }, 3600],
      [{ expiresIn: 999_999_999 }, 3600],
      [{ expiresIn: 'soon', expiresAt: 5 }, 3600],
    ]
    for (const [meta, seconds] of told) {
      const body = { data: { ...minted.data, meta: { accessToken: 'x', ...meta } } }
      const fake = await start(() => ({ status: 200, body }))
      const outcome = await outreach.mint(fake.context, s2sApp(fake.origin), ask)
      const at = outcome.kind === 'renewed' ? outcome.tokens.accessExpiresAt : null
      expect(at?.getTime()).toBe(fakeNow.getTime() + seconds * 1000)
    }
  })

  it('reads the key in every form it may be stored in', async () => {
    const fake = await start(() => ({ status: 200, body: minted }))
    const escaped = Secret.of(key.privateKey.reveal().replaceAll('\n', '\\n'))
    const outcome = await outreach.mint(fake.context, s2sApp(fake.origin, { s2sPrivateKey: escaped }), ask)
    expect(outcome.kind).toBe('renewed')
  })

  const locked = {
    errors: [{ id: 'organizationLocked', title: 'Locked', detail: 'The organization has been locked.' }],
  }
  const deleted = { errors: [{ id: 'orgDeleted', detail: 'This org was deleted by Outreach' }] }
  const gone = {
    errors: [{ id: 'resourceNotFound', title: 'Not found', detail: 'The install was deleted for this org.' }],
  }
  it.each([
    [401, { errors: [{ id: 'unauthorized', title: 'Bad JWT' }] }, 'app_fault'],
    [401, '', 'app_fault'],
    [403, locked, 'suspended'],
    [422, locked, 'suspended'],
    [401, locked, 'suspended'],
    [410, deleted, 'suspended'],
    [403, { errors: [{ id: 'forbidden', title: 'Not allowed' }] }, 'terminal'],
    [404, gone, 'terminal'],
    [404, '', 'terminal'],
    [410, '', 'terminal'],
    [422, '', 'terminal'],
    [404, '<html><h1>Not found</h1></html>', 'transient'],
    [400, 'what', 'transient'],
    [429, 'Retry later', 'transient'],
    [503, locked, 'transient'],
    [500, '', 'transient'],
    [200, '<html><p>hi</p></html>', 'transient'],
    [200, { data: { meta: {} } }, 'transient'],
    [200, { data: { meta: { accessToken: 'bad\ntoken' } } }, 'transient'],
    [302, '', 'transient'],
  ])('reads %i %j as %s', async (status, body, kind) => {
    const fake = await start(() => ({ status, body }))
    const outcome = await outreach.mint(fake.context, s2sApp(fake.origin), ask)
    expect(outcome.kind).toBe(kind)
    if (outcome.kind === 'transient') expect(outcome.ambiguous).toBe(false)
  })

  it('is not sent without GUID, key or install, and never climbs the path', async () => {
    const fake = await start(() => ({ status: 200, body: minted }))
    const cases: [Partial<OpenApp>, string | null, string][] = [
      [{ s2sGuid: null }, 'install-1', 'provider_app_incomplete'],
      [{ s2sPrivateKey: null }, 'install-1', 'provider_app_incomplete'],
      [{ s2sPrivateKey: Secret.of('not a key') }, 'install-1', 'private_key_refused'],
      [{}, null, 'install_unknown'],
      [{}, '', 'install_unknown'],
      [{}, '..', 'install_unknown'],
    ]
    for (const [more, externalInstallId, code] of cases) {
      const outcome = await outreach.mint(fake.context, s2sApp(fake.origin, more), {
        grant: 's2s',
        externalInstallId,
      })
      expect(outcome).toMatchObject({ kind: 'app_fault', code })
    }
    expect(fake.calls).toHaveLength(0)
    await outreach.mint(fake.context, s2sApp(fake.origin), { grant: 's2s', externalInstallId: '../../x?y' })
    expect(fake.calls[0]?.path).toBe('/api/app/installs/..%2F..%2Fx%3Fy/actions/accessToken')
  })
})

describe('a setup token', () => {
  it('stands for one install of our app', async () => {
    const fake = await start(() => ({ status: 200, body: install() }))
    const outcome = await validateSetupToken(fake.context, s2sApp(fake.origin), setupToken)
    expect(outcome).toEqual({
      kind: 'valid',
      install: {
        installId: 'install-1',
        orgId: 'org-1',
        orgName: 'Harbour Lane',
        appName: 'Our app',
        apiUrl: 'https://app1c.outreach.io/api/v2',
        installedAt: new Date('2019-01-01T00:00:00Z'),
      },
    })
    const [call] = fake.calls
    expect(call?.path).toBe('/api/app/installs/setup-token.1~a_b/actions/setupToken')
    expect(call?.query.get('include')).toBe('app,org')
    expect(await isSigned(call)).toBe(true)
  })

  it('never reaches the log, nor does the app token', async () => {
    const fake = await start(() => ({
      status: 404,
      body: { errors: [{ detail: 'setup-token.1~a_b is unknown' }] },
    }))
    const outcome = await validateSetupToken(fake.context, s2sApp(fake.origin), setupToken)
    const everything = fake.lines.join('') + JSON.stringify(outcome)
    expect(everything).toContain('{setupToken}')
    expect(everything).not.toContain('setup-token.1')
    expect(everything).not.toContain('eyJ')
  })

  it('works without names, and without a link or with one elsewhere', async () => {
    const links = [
      undefined,
      {},
      { api: 'https://evil.example/api/v2' },
      { api: 'http://app1c.outreach.io/api/v2' },
    ]
    for (const link of [...links, { api: 'https://app1c.outreach.io.evil.example/' }, { api: 'nonsense' }]) {
      const { data } = install()
      const org = { data: { type: 'org', id: 7 }, ...(link ? { links: link } : {}) }
      const body = { data: { ...data, relationships: { ...data.relationships, org } } }
      const fake = await start(() => ({ status: 200, body }))
      expect(await validateSetupToken(fake.context, s2sApp(fake.origin), setupToken)).toMatchObject({
        kind: 'valid',
        install: { orgId: '7', orgName: null, apiUrl: null },
      })
    }
  })

  it('may name a link on the app’s own host', async () => {
    const fake = await start((call) => {
      const { data } = install()
      const org = {
        data: { type: 'org', id: 'org-1' },
        links: { api: `http://${call.headers.host}/orgs/1/api/v2/` },
      }
      return { status: 200, body: { data: { ...data, relationships: { ...data.relationships, org } } } }
    })
    expect(await validateSetupToken(fake.context, s2sApp(fake.origin), setupToken)).toMatchObject({
      install: { apiUrl: `${fake.origin}/orgs/1/api/v2` },
    })
  })

  const { data } = install()
  const { app, org } = data.relationships
  it.each([
    [
      'another app',
      { ...data, relationships: { app: { data: { type: 'app', id: 'other' } }, org } },
      'setup_token_foreign',
    ],
    ['another type', { ...data, type: 'org' }, 'provider_answer_invalid'],
    ['no org', { ...data, relationships: { app } }, 'provider_answer_invalid'],
    ['no app', { ...data, relationships: { org } }, 'provider_answer_invalid'],
    ['no relationships', { ...data, relationships: undefined }, 'provider_answer_invalid'],
    [
      'an app that is an org',
      { ...data, relationships: { app: { data: { ...app.data, type: 'org' } }, org } },
      'provider_answer_invalid',
    ],
    ['no id', { ...data, id: '' }, 'provider_answer_invalid'],
  ])('is refused when the answer names %s', async (_what, body, code) => {
    const fake = await start(() => ({ status: 200, body: { data: body } }))
    expect(await validateSetupToken(fake.context, s2sApp(fake.origin), setupToken)).toMatchObject({
      kind: 'refused',
      code,
    })
  })

  it.each([
    [404, '', 'refused'],
    [400, '', 'refused'],
    [410, '', 'refused'],
    [422, { errors: [{ id: 'expired', title: 'Setup token expired' }] }, 'refused'],
    [401, '', 'app_fault'],
    [403, { errors: [{ detail: 'The organization has been locked.' }] }, 'suspended'],
    [429, 'Retry later', 'transient'],
    [500, '', 'transient'],
    [200, '<html><p>x</p></html>', 'transient'],
    [404, '<html><p>x</p></html>', 'transient'],
  ])('that is answered %i %j is %s', async (status, body, kind) => {
    const fake = await start(() => ({ status, body }))
    expect((await validateSetupToken(fake.context, s2sApp(fake.origin), setupToken)).kind).toBe(kind)
  })

  it('of an impossible shape costs no call', async () => {
    const fake = await start(() => ({ status: 200, body: install() }))
    for (const text of [
      '',
      'x',
      '......',
      'a b c d e f',
      'a/../../b?c',
      '<script>',
      'x'.repeat(3000),
      'ab\ncdefgh',
    ]) {
      expect(isSetupTokenShape(text)).toBe(false)
      expect(await validateSetupToken(fake.context, s2sApp(fake.origin), Secret.of(text))).toMatchObject({
        kind: 'refused',
        code: 'setup_token_invalid',
      })
    }
    expect(fake.calls).toHaveLength(0)
  })
})

describe('who an S2S token belongs to', () => {
  const ask = { grant: 's2s', accessToken: Secret.of('s2s-access'), apiUrl: null } as const

  it('is the org that the install named: no call is needed', async () => {
    const fake = await start(() => ({ status: 500 }))
    const account = {
      externalOrgId: 'org-1',
      orgName: 'Harbour Lane',
      apiUrl: 'https://app1c.outreach.io/api/v2',
    }
    expect(await outreach.identify(fake.context, s2sApp(fake.origin), { ...ask, account })).toEqual({
      kind: 'identified',
      identity: {
        externalAccountId: 'org-1',
        accountName: 'Harbour Lane',
        accountEmail: null,
        externalOrgId: 'org-1',
        orgName: 'Harbour Lane',
        apiUrl: 'https://app1c.outreach.io/api/v2',
        scopes: null,
      },
    })
    expect(fake.calls).toHaveLength(0)
  })

  it('gets a name from the API root where that takes S2S tokens, and is not dead where it does not', async () => {
    const account = { externalOrgId: 'org-1' }
    const named = await start(() => ({
      status: 200,
      body: { data: { id: 101, attributes: { name: 'Harbour Lane' } } },
    }))
    expect(await outreach.identify(named.context, s2sApp(named.origin), { ...ask, account })).toMatchObject({
      kind: 'identified',
      identity: { externalAccountId: 'org-1', accountName: 'Harbour Lane' },
    })
    const refusing = await start(() => ({ status: 401 }))
    expect(
      await outreach.identify(refusing.context, s2sApp(refusing.origin), { ...ask, account }),
    ).toMatchObject({
      kind: 'identified',
      identity: { accountName: 'Outreach organisation org-1' },
    })
    expect(
      await outreach.identify(refusing.context, s2sApp(refusing.origin), { ...ask, account: {} }),
    ).toMatchObject({
      kind: 'unknown',
    })
  })

  it('is probed by a list that S2S tokens may read', async () => {
    const fake = await start(() => ({ status: 200, body: { data: [] } }))
    const apiUrl = `${fake.origin}/orgs/1/api/v2`
    expect(await outreach.probe(fake.context, s2sApp(fake.origin), { ...ask, apiUrl })).toEqual({
      kind: 'alive',
    })
    expect(fake.calls[0]?.path).toBe('/orgs/1/api/v2/users')
    expect(fake.calls[0]?.query.get('page[size]')).toBe('1')
  })
})
