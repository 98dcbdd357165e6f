import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type FakeAnswer, type FakeServer, fakeServer } from '../../tests/fake-server'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { UserActor } from '../core/actor'
import { newId } from '../core/ids'
import { createPerson, dumpDatabase } from '../installs/testing/install-bench'
import { readPrivateKey } from '../oauth/private-key'
import { checkApp } from './check-app'
import { createApp } from './create-app'
import { generateKeyPair } from './generate-key-pair'
import { importPrivateKey } from './import-private-key'
import { openApp } from './open-app'
import { removeApp } from './remove-app'
import { replaceSecret } from './replace-secret'
import { storedSecrets } from './stored-secrets'
import { updateApp } from './update-app'

const goodSecret = 'g+o/o=d&s%e'
let database: TestDatabase
let provider: FakeServer
let t: TestDeps
let admin: UserActor
let viewer: UserActor
/** What the token endpoint answers to a made-up code. */
let answer: (body: string) => FakeAnswer

beforeAll(async () => {
  database = await testDatabase()
  provider = await fakeServer((call) => answer(call.body))
  t = await testDeps(database, { OUTREACH_URL: provider.origin, OUTSTAND_URL: provider.origin })
  admin = await createPerson(t.deps, 'Ada', 'admin')
  viewer = await createPerson(t.deps, 'Vera', 'viewer')
  answer = doorkeeper
})
afterAll(async () => {
  await t.close()
  await provider.close()
  await database.close()
})

/** Refuses a wrong client with 401 and a made-up code with 400 (RFC 6749, 5.2). */
function doorkeeper(body: string): FakeAnswer {
  const good = body.includes(encodeURIComponent(goodSecret)) || body.includes(goodSecret)
  return good
    ? { status: 400, body: { error: 'invalid_grant' } }
    : { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } }
}

type Input = Parameters<typeof createApp>[2]
async function draft(more: Partial<Input> = {}): Promise<string> {
  const input = {
    provider: 'outreach',
    environment: 'production',
    name: 'Sales Sync',
    grants: ['oauth_code'],
  }
  return (await createApp(t.deps, admin, { ...input, ...more } as Input)).appId
}

async function addConnection(appId: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = newId('connection', t.deps.clock.now().getTime(), t.deps.random.bytes(10))
  await t.deps.db.connection.create({
    data: {
      id,
      provider: 'outreach',
      appId,
      grantKind: 'oauth_code',
      lifecycle: 'live',
      accountName: 'Grace',
      ...more,
    },
  })
  return id
}

const row = (appId: string) => t.deps.db.providerApp.findUniqueOrThrow({ where: { id: appId } })
const auditOf = (subjectId: string) =>
  t.deps.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })

describe('a draft', () => {
  it('goes to the hosts of the configuration and can be seen in the audit trail', async () => {
    const appId = await draft({ name: '  Sales Sync ' })
    const app = await row(appId)
    expect(app).toMatchObject({
      name: 'Sales Sync',
      origin: 'settings',
      baseUrl: provider.origin,
      scopes: [],
    })
    expect(app.slug).toMatch(/^sales-sync-[0-9a-z]{4}$/)
    expect(app).not.toHaveProperty('clientSecretSealed')
    expect(await auditOf(appId)).toMatchObject([
      { action: 'provider_app.created', actorName: 'Ada', subjectName: 'Sales Sync' },
    ])
  })

  it('of Envoy has both hosts and token.refresh at once', async () => {
    const app = await row(await draft({ provider: 'envoy', grants: ['oauth_code'] }))
    expect(app).toMatchObject({
      baseUrl: 'https://api.envoy.com',
      browserUrl: 'https://app.envoy.com',
      scopes: ['token.refresh'],
    })
  })

  it('of a white label has its own base URL', async () => {
    const input = { provider: 'outstand', baseUrl: 'https://crm.example.com/' } as const
    expect((await row(await draft(input))).baseUrl).toBe('https://crm.example.com')
  })

  it.each([
    [{ provider: 'outstand', baseUrl: 'http://crm.example.com' }, 'baseUrl', /https:\/\//],
    [{ provider: 'outstand', baseUrl: 'https://me:pw@crm.example.com' }, 'baseUrl', /no user or password/],
    [{ provider: 'outreach', baseUrl: 'https://crm.example.com' }, 'baseUrl', /Only Outstand/],
    [{ provider: 'outstand', grants: ['s2s'] }, 'grants', /cannot do/],
    [{ provider: 'envoy', grants: ['oauth_code', 'plugin_install'] }, 'grants', /choose one/],
    [{ grants: [] }, 'grants', /at least one/],
    [{ name: '  ' }, 'name', /name/],
    [{ environment: 'sandbox' }, 'environment', /environment/],
  ])('is refused in words: %j', async (input, field, words) => {
    await expect(draft(input as Partial<Input>)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(words),
      detail: { field },
    })
  })
})

it('a viewer may do none of it', async () => {
  const appId = await draft()
  const before = await row(appId)
  const attempts = [
    createApp(t.deps, viewer, {
      provider: 'outreach',
      environment: 'production',
      name: 'X',
      grants: ['s2s'],
    }),
    updateApp(t.deps, viewer, { appId, name: 'X' }),
    replaceSecret(t.deps, viewer, { appId, field: 'clientSecret', value: goodSecret }),
    generateKeyPair(t.deps, viewer, { appId, replaces: null }),
    importPrivateKey(t.deps, viewer, { appId, privateKey: 'x' }),
    checkApp(t.deps, viewer, { appId }),
    removeApp(t.deps, viewer, { appId }),
  ]
  for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' })
  expect(await row(appId)).toEqual(before)
  expect(await auditOf(appId)).toHaveLength(1)
})

describe('a secret', () => {
  it('that the provider refuses is not stored, unless on purpose', async () => {
    const appId = await draft()
    await updateApp(t.deps, admin, { appId, clientId: 'client-1' })
    const input = { appId, field: 'clientSecret', value: 'wrong-secret-1' } as const
    await expect(replaceSecret(t.deps, admin, input)).rejects.toMatchObject({
      code: 'app_misconfigured',
      message: expect.stringMatching(/^Not stored\. Client id and secret: refused\./),
      detail: { field: 'clientSecret' },
    })
    expect((await openApp(t.deps, appId)).clientSecret).toBeNull()
    const { check } = await replaceSecret(t.deps, admin, { ...input, evenIfRefused: true })
    expect(check?.kind).toBe('wrong_credentials')
    expect((await openApp(t.deps, appId)).clientSecret?.reveal()).toBe('wrong-secret-1')
  })

  it('is replaced in place: its connections stay and the app’s fault is cleared', async () => {
    const appId = await draft()
    await updateApp(t.deps, admin, { appId, clientId: 'client-1', scopes: ['users.read'] })
    const connectionId = await addConnection(appId, { failureCount: 2 })
    await t.deps.db.providerApp.update({
      where: { id: appId },
      data: { faultAt: t.deps.clock.now(), faultCode: 'invalid_client', faultWords: 'refused' },
    })
    const { check } = await replaceSecret(t.deps, admin, {
      appId,
      field: 'clientSecret',
      value: ` ${goodSecret}\n`,
    })
    expect(check).toEqual({ kind: 'ok', words: 'Client id and secret: accepted.' })
    expect(await row(appId)).toMatchObject({
      faultAt: null,
      faultWords: null,
      checkResult: 'ok: Client id and secret: accepted.',
    })
    expect((await openApp(t.deps, appId)).clientSecret?.reveal()).toBe(goodSecret)
    const connection = await t.deps.db.connection.findUniqueOrThrow({ where: { id: connectionId } })
    expect(connection).toMatchObject({ lifecycle: 'live', appId, failureCount: 0 })
  })

  it('is stored untried where nobody can be asked', async () => {
    const appId = await draft()
    const untried = await replaceSecret(t.deps, admin, { appId, field: 'clientSecret', value: 'too-early' })
    expect(untried.check).toBeNull()
    await updateApp(t.deps, admin, { appId, clientId: 'client-1' })
    answer = () => 'destroy'
    const { check } = await replaceSecret(t.deps, admin, {
      appId,
      field: 'clientSecret',
      value: 'host-is-down',
    })
    answer = doorkeeper
    expect(check?.kind).toBe('unreachable')
    expect((await openApp(t.deps, appId)).clientSecret?.reveal()).toBe('host-is-down')
  })

  it('belongs to its provider; others can be erased, a client secret cannot', async () => {
    const appId = await draft({ provider: 'outstand' })
    await replaceSecret(t.deps, admin, { appId, field: 'rateLimitBypass', value: 'by-pass' })
    const stored = async () => (await storedSecrets(t.deps.db, [appId]))(appId)
    expect(await stored()).toMatchObject({ rateLimitBypass: true, webhookSecret: false, clientSecret: false })
    await replaceSecret(t.deps, admin, { appId, field: 'rateLimitBypass', value: ' ' })
    expect((await stored()).rateLimitBypass).toBe(false)
    await expect(
      replaceSecret(t.deps, admin, { appId, field: 'clientSecret', value: '' }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
    const outreach = await draft()
    await expect(
      replaceSecret(t.deps, admin, { appId: outreach, field: 'rateLimitBypass', value: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('the key pair of an S2S app', () => {
  it('is made here: only the public half can be seen', async () => {
    const appId = await draft({ grants: ['s2s'] })
    const { publicKeyPem } = await generateKeyPair(t.deps, admin, { appId, replaces: null })
    expect(publicKeyPem).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    const { s2sPrivateKey } = await openApp(t.deps, appId)
    const reading = readPrivateKey(s2sPrivateKey?.reveal() ?? '')
    expect(reading.kind === 'ok' && reading.publicKeyPem).toBe(publicKeyPem)
    expect((await row(appId)).s2sPublicKeyPem).toBe(publicKeyPem)
  })

  it('is not replaced by somebody who has not seen it', async () => {
    const appId = await draft({ grants: ['s2s'] })
    const { publicKeyPem } = await generateKeyPair(t.deps, admin, { appId, replaces: null })
    await expect(generateKeyPair(t.deps, admin, { appId, replaces: null })).rejects.toMatchObject({
      code: 'conflict',
    })
    const next = await generateKeyPair(t.deps, admin, { appId, replaces: publicKeyPem })
    expect(next.publicKeyPem).not.toBe(publicKeyPem)
  })

  const pem = (bits: number) =>
    generateKeyPairSync('rsa', { modulusLength: bits })
      .privateKey.export({ type: 'pkcs1', format: 'pem' })
      .toString()
  const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

  it.each([
    ['public', () => ec().publicKey.export({ type: 'spki', format: 'pem' }).toString(), /public key/],
    ['not_rsa', () => ec().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /not an RSA key/],
    ['short', () => pem(1024), /too short/],
    ['empty', () => ' ', /no key/],
    ['unreadable', () => 'hunter2', /cannot|can be read/],
  ])('refuses a pasted key that is %s, in words', async (reason, make, words) => {
    const appId = await draft({ grants: ['s2s'] })
    await expect(importPrivateKey(t.deps, admin, { appId, privateKey: make() })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(words),
      detail: { field: 'privateKey', reason },
    })
    expect((await openApp(t.deps, appId)).s2sPrivateKey).toBeNull()
  })

  it('takes an old-style key with escaped line breaks', async () => {
    const appId = await draft({ grants: ['s2s'] })
    const text = pem(2048)
    const taken = await importPrivateKey(t.deps, admin, { appId, privateKey: text.replaceAll('\n', '\\n') })
    expect(taken.check).toBeNull()
    expect((await row(appId)).s2sPublicKeyPem).toBe(taken.publicKeyPem)
  })

  it('is none of an app without the grant', async () => {
    const appId = await draft()
    await expect(generateKeyPair(t.deps, admin, { appId, replaces: null })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})

describe('a change', () => {
  it('adds what the provider always needs to the scopes', async () => {
    const appId = await draft({ provider: 'envoy' })
    await updateApp(t.deps, admin, { appId, scopes: ['invites.read', 'invites.read'] })
    expect((await row(appId)).scopes).toEqual(['invites.read', 'token.refresh'])
  })

  it.each([
    [{ scopes: [] }, 'scopes', /tick at least one/],
    [{ scopes: ['users.read prospects.read'] }, 'scopes', /characters/],
    [{ clientId: 'a\nb' }, 'clientId', /line break/],
    [{ installUrl: 'javascript:alert(1)' }, 'installUrl', /whole URL/],
    [{ agreedLimit: { limit: 1200, windowS: 300 } }, 'agreedLimit', /no such field/],
  ])('of an Outreach app is refused in words: %j', async (change, field, words) => {
    const appId = await draft()
    await expect(updateApp(t.deps, admin, { appId, ...change })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(words),
      detail: { field },
    })
  })

  it('of what live connections stand on waits until there are none', async () => {
    const appId = await draft()
    await updateApp(t.deps, admin, { appId, clientId: 'client-1' })
    const connectionId = await addConnection(appId)
    await addConnection(appId)
    await expect(updateApp(t.deps, admin, { appId, clientId: 'client-2' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('2 connections stand on the client id'),
    })
    await expect(updateApp(t.deps, admin, { appId, grants: ['s2s'] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await updateApp(t.deps, admin, {
      appId,
      clientId: 'client-1',
      name: 'Renamed',
      grants: ['oauth_code', 's2s'],
    })
    expect((await row(appId)).name).toBe('Renamed')
    await t.deps.db.connection.updateMany({ where: { appId }, data: { lifecycle: 'disconnected' } })
    await updateApp(t.deps, admin, { appId, clientId: 'client-2' })
    expect(connectionId).toBeTruthy()
    expect((await row(appId)).clientId).toBe('client-2')
  })
})

describe('an app of the sandbox or the environment', () => {
  it.each([
    ['sandbox', /local sandbox/],
    ['environment', /managed by the environment/],
  ] as const)('(%s) is read-only, and says why', async (origin, words) => {
    const appId = await draft()
    await t.deps.db.providerApp.update({ where: { id: appId }, data: { origin, grants: ['s2s'] } })
    const before = await row(appId)
    const attempts = [
      () => updateApp(t.deps, admin, { appId, name: 'X' }),
      () => replaceSecret(t.deps, admin, { appId, field: 'webhookSecret', value: 'x' }),
      () => generateKeyPair(t.deps, admin, { appId, replaces: null }),
      () => importPrivateKey(t.deps, admin, { appId, privateKey: 'x' }),
      () => removeApp(t.deps, admin, { appId }),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(words),
      })
    }
    expect(await row(appId)).toEqual(before)
  })

  it('can be checked', async () => {
    const appId = await draft()
    await updateApp(t.deps, admin, { appId, clientId: 'client-1' })
    await replaceSecret(t.deps, admin, { appId, field: 'clientSecret', value: goodSecret })
    await t.deps.db.providerApp.update({ where: { id: appId }, data: { origin: 'environment' } })
    expect((await checkApp(t.deps, admin, { appId })).kind).toBe('ok')
  })
})

describe('a check', () => {
  it('tells a wrong secret from an unreachable host, and only a passed one clears the fault', async () => {
    const appId = await draft()
    await updateApp(t.deps, admin, { appId, clientId: 'client-1' })
    await replaceSecret(t.deps, admin, { appId, field: 'clientSecret', value: 'wrong', evenIfRefused: true })
    await t.deps.db.providerApp.update({
      where: { id: appId },
      data: { faultAt: t.deps.clock.now(), faultCode: 'invalid_client', faultWords: 'refused' },
    })
    expect((await checkApp(t.deps, admin, { appId })).kind).toBe('wrong_credentials')
    answer = () => 'destroy'
    expect((await checkApp(t.deps, admin, { appId })).kind).toBe('unreachable')
    answer = doorkeeper
    expect((await row(appId)).faultAt).not.toBeNull()
    answer = () => ({ status: 400, body: { error: 'invalid_grant' } })
    expect((await checkApp(t.deps, admin, { appId })).kind).toBe('ok')
    answer = doorkeeper
    expect(await row(appId)).toMatchObject({ faultAt: null, checkedAt: t.deps.clock.now() })
  })
})

describe('removing', () => {
  it('is refused while connections live or wait, naming how many', async () => {
    const appId = await draft()
    await addConnection(appId)
    await addConnection(appId, { lifecycle: 'pending' })
    await expect(removeApp(t.deps, admin, { appId })).rejects.toMatchObject({
      code: 'conflict',
      message: '2 connections use this app. Disconnect first, then remove it.',
    })
    expect((await row(appId)).hiddenAt).toBeNull()
  })

  it('hides the app, erases its secrets and keeps what ended by it', async () => {
    const appId = await draft()
    await replaceSecret(t.deps, admin, { appId, field: 'clientSecret', value: goodSecret })
    await addConnection(appId, { lifecycle: 'disconnected' })
    await removeApp(t.deps, admin, { appId })
    expect((await row(appId)).hiddenAt).not.toBeNull()
    expect((await openApp(t.deps, appId)).clientSecret).toBeNull()
    expect(await t.deps.db.connection.count({ where: { appId } })).toBe(1)
    await expect(removeApp(t.deps, admin, { appId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(updateApp(t.deps, admin, { appId, name: 'X' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(checkApp(t.deps, admin, { appId })).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('no secret of an app is written anywhere in the clear', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const appId = await draft({ grants: ['oauth_code', 's2s'] })
  await updateApp(t.deps, admin, { appId, clientId: 'client-1' })
  const secrets = { clientSecret: 'needle-client', webhookSecret: 'needle-webhook' } as const
  for (const field of ['clientSecret', 'webhookSecret'] as const)
    await replaceSecret(t.deps, admin, { appId, field, value: secrets[field], evenIfRefused: true })
  await importPrivateKey(t.deps, admin, { appId, privateKey: text })
  await checkApp(t.deps, admin, { appId })
  const written = [await dumpDatabase(t.deps), ...t.logLines].join('\n')
  expect(written).toContain('client-1')
  const keyLine = text.split('\n')[5] ?? ''
  expect(keyLine.length).toBe(64)
  for (const needle of [...Object.values(secrets), goodSecret, keyLine]) expect(written).not.toContain(needle)
})
