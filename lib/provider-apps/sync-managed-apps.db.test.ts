import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { isSecret, Secret } from '../core/secret'
import type { ManagedApp } from './managed-app'
import { openApp } from './open-app'
import { syncManagedApps } from './sync-managed-apps'

let database: TestDatabase
let t: TestDeps
beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
})
afterAll(async () => {
  await t.close()
  await database.close()
})
beforeEach(() => t.deps.db.providerApp.deleteMany())

const secretText = 's+e/c=r&e%t'

function managed(more: Partial<ManagedApp> = {}): ManagedApp {
  return {
    slug: 'outreach',
    provider: 'outreach',
    environment: 'production',
    name: 'Outreach',
    grants: ['oauth_code'],
    baseUrl: 'https://api.outreach.io',
    browserUrl: null,
    clientId: 'client-1',
    clientSecret: Secret.of(secretText),
    scopes: ['users.read'],
    s2sGuid: null,
    s2sPrivateKey: null,
    installUrl: null,
    pluginId: null,
    webhookSecret: null,
    rateLimitBypass: null,
    agreedLimit: null,
    ...more,
  }
}

const sync = (apps: readonly ManagedApp[], origin: 'environment' | 'sandbox' = 'environment') =>
  syncManagedApps(t.deps, origin, apps)

async function stored(slug = 'outreach') {
  const row = await t.deps.db.providerApp.findUniqueOrThrow({
    where: { slug },
    omit: { clientSecretSealed: false, s2sPrivateKeySealed: false, webhookSecretSealed: false },
  })
  return row
}

function newPrivateKey(modulusLength = 2048): string {
  return generateKeyPairSync('rsa', { modulusLength })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
}

describe('apps that are not entered by a person', () => {
  it('are added, with their secrets sealed and opened again', async () => {
    const privateKey = newPrivateKey()
    await sync([
      managed({
        grants: ['oauth_code', 's2s'],
        s2sGuid: 'guid-1',
        s2sPrivateKey: Secret.of(privateKey.replaceAll('\n', '\\n')),
        webhookSecret: Secret.of('hook'),
        rateLimitBypass: Secret.of('bypass'),
        agreedLimit: { limit: 1200, windowS: 300 },
      }),
    ])
    const row = await stored()
    expect(row).toMatchObject({
      origin: 'environment',
      hiddenAt: null,
      clientId: 'client-1',
      scopes: ['users.read'],
      agreedLimit: 1200,
      agreedWindowS: 300,
      s2sPublicKeyPem: expect.stringContaining('BEGIN PUBLIC KEY'),
    })
    for (const clear of [secretText, 'PRIVATE KEY']) expect(JSON.stringify(row)).not.toContain(clear)
    const open = await openApp(t.deps, row.id)
    expect(open).toMatchObject({ slug: 'outreach', grants: ['oauth_code', 's2s'], s2sGuid: 'guid-1' })
    expect(open.clientSecret?.reveal()).toBe(secretText)
    expect(open.webhookSecret?.reveal()).toBe('hook')
    expect(open.rateLimitBypass?.reveal()).toBe('bypass')
    expect(open.s2sPrivateKey?.reveal().trim()).toBe(privateKey.trim())
    expect(JSON.stringify(open)).not.toContain(secretText)
    expect(isSecret(open.clientSecret)).toBe(true)
  })

  it('keep a ciphertext while the secret is the same, and their id whatever changes', async () => {
    await sync([managed({ webhookSecret: Secret.of('hook') })])
    const before = await stored()
    await sync([managed({ name: 'Renamed', scopes: [], webhookSecret: Secret.of('another') })])
    const after = await stored()
    expect(after).toMatchObject({ id: before.id, name: 'Renamed', scopes: [] })
    expect(after.clientSecretSealed).toBe(before.clientSecretSealed)
    expect(after.webhookSecretSealed).not.toBe(before.webhookSecretSealed)
    expect((await openApp(t.deps, after.id)).webhookSecret?.reveal()).toBe('another')
  })

  it('lose a secret that is not given any more', async () => {
    await sync([managed({ webhookSecret: Secret.of('hook') })])
    await sync([managed()])
    expect((await stored()).webhookSecretSealed).toBeNull()
  })

  it('do not forget a plugin that a webhook has named', async () => {
    await sync([managed()])
    await t.deps.db.providerApp.update({ where: { slug: 'outreach' }, data: { pluginId: 'plugin-9' } })
    await sync([managed()])
    expect((await stored()).pluginId).toBe('plugin-9')
    await sync([managed({ pluginId: 'plugin-10' })])
    expect((await stored()).pluginId).toBe('plugin-10')
  })

  it('are hidden when they are gone, each origin by itself, and shown when they are back', async () => {
    await sync([managed(), managed({ slug: 'second' })])
    await sync([managed({ slug: 'sandbox-outreach-dev', environment: 'sandbox' })], 'sandbox')
    const { id } = await stored('second')
    await sync([managed()])
    expect((await stored('second')).hiddenAt).toEqual(t.deps.clock.now())
    expect((await stored()).hiddenAt).toBeNull()
    expect((await stored('sandbox-outreach-dev')).hiddenAt).toBeNull()
    await sync([], 'sandbox')
    expect((await stored('sandbox-outreach-dev')).hiddenAt).not.toBeNull()
    await sync([managed(), managed({ slug: 'second' })])
    expect(await stored('second')).toMatchObject({ id, hiddenAt: null })
  })

  it('are made once when two processes start at once', async () => {
    await Promise.all([sync([managed()]), sync([managed()])])
    expect(await t.deps.db.providerApp.count()).toBe(1)
  })

  it.each([
    ['no key at all', 'not a key'],
    ['a public key', 'public'],
    ['a key that is cut off', 'cut'],
  ])('are refused in words with %s, and nothing changes', async (_words, kind) => {
    const pem = newPrivateKey()
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keys: Record<string, string> = {
      'not a key': 'not a key at all '.repeat(8),
      public: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      cut: `${pem.slice(0, 400)}\n-----END PRIVATE KEY-----`,
    }
    const given = keys[kind] ?? ''
    const refused = sync([
      managed({ slug: 'first' }),
      managed({ name: 'Outreach S2S', s2sPrivateKey: Secret.of(given) }),
    ])
    const error: unknown = await refused.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/^The private key of Outreach S2S cannot be used\. \w/),
    })
    expect(`${error} ${JSON.stringify(error)}`).not.toContain(given.slice(30, 90))
    expect(await t.deps.db.providerApp.count()).toBe(0)
  })

  it('never take over an app of another origin, and then change nothing', async () => {
    await t.deps.db.providerApp.create({
      data: {
        id: 'app_person',
        slug: 'outreach',
        provider: 'outreach',
        environment: 'production',
        origin: 'settings',
        name: 'A person’s',
        grants: ['oauth_code'],
        baseUrl: 'https://api.outreach.io',
      },
    })
    await expect(sync([managed({ slug: 'first' }), managed()])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('outreach'),
    })
    expect(await t.deps.db.providerApp.findMany({ select: { name: true } })).toEqual([{ name: 'A person’s' }])
  })
})
