import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dumpDatabase } from '../installs/testing/install-bench'
import { readPrivateKey } from '../oauth/private-key'
import { checkApp } from './check-app'
import { generateKeyPair } from './generate-key-pair'
import { importPrivateKey } from './import-private-key'
import { openApp } from './open-app'
import { replaceSecret } from './replace-secret'
import { storedSecrets } from './stored-secrets'
import { type AppBench, goodSecret, makeAppBench } from './testing/app-bench'
import { updateApp } from './update-app'

let t: AppBench
beforeAll(async () => {
  t = await makeAppBench()
})
afterAll(() => t.close())

describe('a secret', () => {
  it('that the provider refuses is not stored, unless on purpose', async () => {
    const appId = await t.draft()
    await updateApp(t.deps, t.admin, { appId, clientId: 'client-1' })
    const input = { appId, field: 'clientSecret', value: 'wrong-secret-1' } as const
    await expect(replaceSecret(t.deps, t.admin, input)).rejects.toMatchObject({
      code: 'app_misconfigured',
      message: expect.stringMatching(/^Not stored\. Client id and secret: refused\./),
      detail: { field: 'clientSecret' },
    })
    expect((await openApp(t.deps, appId)).clientSecret).toBeNull()
    const { check } = await replaceSecret(t.deps, t.admin, { ...input, evenIfRefused: true })
    expect(check?.kind).toBe('wrong_credentials')
    expect((await openApp(t.deps, appId)).clientSecret?.reveal()).toBe('wrong-secret-1')
  })

  it('is replaced in place: its connections stay and the app’s fault is cleared', async () => {
    const appId = await t.draft()
    await updateApp(t.deps, t.admin, { appId, clientId: 'client-1', scopes: ['users.read'] })
    const connectionId = await t.addConnection(appId, { failureCount: 2 })
    await t.deps.db.providerApp.update({
      where: { id: appId },
      data: { faultAt: t.deps.clock.now(), faultCode: 'invalid_client', faultWords: 'refused' },
    })
    const { check } = await replaceSecret(t.deps, t.admin, {
      appId,
      field: 'clientSecret',
      value: ` ${goodSecret}\n`,
    })
    expect(check).toEqual({ kind: 'ok', words: 'Client id and secret: accepted.' })
    expect(await t.row(appId)).toMatchObject({
      faultAt: null,
      faultWords: null,
      checkResult: 'ok: Client id and secret: accepted.',
    })
    expect((await openApp(t.deps, appId)).clientSecret?.reveal()).toBe(goodSecret)
    const connection = await t.deps.db.connection.findUniqueOrThrow({ where: { id: connectionId } })
    expect(connection).toMatchObject({ lifecycle: 'live', appId, failureCount: 0 })
  })

  it('is stored untried where nobody can be asked', async () => {
    const appId = await t.draft()
    const untried = await replaceSecret(t.deps, t.admin, { appId, field: 'clientSecret', value: 'too-early' })
    expect(untried.check).toBeNull()
    await updateApp(t.deps, t.admin, { appId, clientId: 'client-1' })
    t.answerWith(() => 'destroy')
    const { check } = await replaceSecret(t.deps, t.admin, {
      appId,
      field: 'clientSecret',
      value: 'host-is-down',
    })
    t.answerWith()
    expect(check?.kind).toBe('unreachable')
    expect((await openApp(t.deps, appId)).clientSecret?.reveal()).toBe('host-is-down')
  })

  it('belongs to its provider; others can be erased, a client secret cannot', async () => {
    const appId = await t.draft({ provider: 'outstand' })
    await replaceSecret(t.deps, t.admin, { appId, field: 'rateLimitBypass', value: 'by-pass' })
    const stored = async () => (await storedSecrets(t.deps.db, [appId]))(appId)
    expect(await stored()).toMatchObject({ rateLimitBypass: true, webhookSecret: false, clientSecret: false })
    await replaceSecret(t.deps, t.admin, { appId, field: 'rateLimitBypass', value: ' ' })
    expect((await stored()).rateLimitBypass).toBe(false)
    await expect(
      replaceSecret(t.deps, t.admin, { appId, field: 'clientSecret', value: '' }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
    const outreach = await t.draft()
    await expect(
      replaceSecret(t.deps, t.admin, { appId: outreach, field: 'rateLimitBypass', value: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('the key pair of an S2S app', () => {
  it('is made here: only the public half can be seen', async () => {
    const appId = await t.draft({ grants: ['s2s'] })
    const { publicKeyPem } = await generateKeyPair(t.deps, t.admin, { appId, replaces: null })
    expect(publicKeyPem).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    const { s2sPrivateKey } = await openApp(t.deps, appId)
    const reading = readPrivateKey(s2sPrivateKey?.reveal() ?? '')
    expect(reading.kind === 'ok' && reading.publicKeyPem).toBe(publicKeyPem)
    expect((await t.row(appId)).s2sPublicKeyPem).toBe(publicKeyPem)
  })

  it('is not replaced by somebody who has not seen it', async () => {
    const appId = await t.draft({ grants: ['s2s'] })
    const { publicKeyPem } = await generateKeyPair(t.deps, t.admin, { appId, replaces: null })
    await expect(generateKeyPair(t.deps, t.admin, { appId, replaces: null })).rejects.toMatchObject({
      code: 'conflict',
    })
    const next = await generateKeyPair(t.deps, t.admin, { appId, replaces: publicKeyPem })
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
    const appId = await t.draft({ grants: ['s2s'] })
    await expect(importPrivateKey(t.deps, t.admin, { appId, privateKey: make() })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(words),
      detail: { field: 'privateKey', reason },
    })
    expect((await openApp(t.deps, appId)).s2sPrivateKey).toBeNull()
  })

  it('takes an old-style key with escaped line breaks', async () => {
    const appId = await t.draft({ grants: ['s2s'] })
    const text = pem(2048)
    const taken = await importPrivateKey(t.deps, t.admin, { appId, privateKey: text.replaceAll('\n', '\\n') })
    expect(taken.check).toBeNull()
    expect((await t.row(appId)).s2sPublicKeyPem).toBe(taken.publicKeyPem)
  })

  it('is none of an app without the grant', async () => {
    const appId = await t.draft()
    await expect(generateKeyPair(t.deps, t.admin, { appId, replaces: null })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})

describe('a check', () => {
  it('tells a wrong secret from an unreachable host, and only a passed one clears the fault', async () => {
    const appId = await t.draft()
    await updateApp(t.deps, t.admin, { appId, clientId: 'client-1' })
    await replaceSecret(t.deps, t.admin, {
      appId,
      field: 'clientSecret',
      value: 'wrong',
      evenIfRefused: true,
    })
    await t.deps.db.providerApp.update({
      where: { id: appId },
      data: { faultAt: t.deps.clock.now(), faultCode: 'invalid_client', faultWords: 'refused' },
    })
    expect((await checkApp(t.deps, t.admin, { appId })).kind).toBe('wrong_credentials')
    t.answerWith(() => 'destroy')
    expect((await checkApp(t.deps, t.admin, { appId })).kind).toBe('unreachable')
    t.answerWith()
    expect((await t.row(appId)).faultAt).not.toBeNull()
    t.answerWith(() => ({ status: 400, body: { error: 'invalid_grant' } }))
    expect((await checkApp(t.deps, t.admin, { appId })).kind).toBe('ok')
    t.answerWith()
    expect(await t.row(appId)).toMatchObject({ faultAt: null, checkedAt: t.deps.clock.now() })
  })
})

it('no secret of an app is written anywhere in the clear', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const appId = await t.draft({ grants: ['oauth_code', 's2s'] })
  await updateApp(t.deps, t.admin, { appId, clientId: 'client-1' })
  const secrets = { clientSecret: 'needle-client', webhookSecret: 'needle-webhook' } as const
  for (const field of ['clientSecret', 'webhookSecret'] as const)
    await replaceSecret(t.deps, t.admin, { appId, field, value: secrets[field], evenIfRefused: true })
  await importPrivateKey(t.deps, t.admin, { appId, privateKey: text })
  await checkApp(t.deps, t.admin, { appId })
  const written = [await dumpDatabase(t.deps), ...t.logLines].join('\n')
  expect(written).toContain('client-1')
  const keyLine = text.split('\n')[5] ?? ''
  expect(keyLine.length).toBe(64)
  for (const needle of [...Object.values(secrets), goodSecret, keyLine]) expect(written).not.toContain(needle)
})
