import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkApp } from './check-app'
import { createApp } from './create-app'
import { generateKeyPair } from './generate-key-pair'
import { importPrivateKey } from './import-private-key'
import { openApp } from './open-app'
import { removeApp } from './remove-app'
import { replaceSecret } from './replace-secret'
import { type AppBench, goodSecret, makeAppBench } from './testing/app-bench'
import { updateApp } from './update-app'

let t: AppBench
beforeAll(async () => {
  t = await makeAppBench()
})
afterAll(() => t.close())

describe('a draft', () => {
  it('goes to the hosts of the configuration and can be seen in the audit trail', async () => {
    const appId = await t.draft({ name: '  Sales Sync ' })
    const app = await t.row(appId)
    expect(app).toMatchObject({
      name: 'Sales Sync',
      origin: 'settings',
      baseUrl: t.origin,
      scopes: [],
    })
    expect(app.slug).toMatch(/^sales-sync-[0-9a-z]{4}$/)
    expect(app).not.toHaveProperty('clientSecretSealed')
    expect(await t.auditOf(appId)).toMatchObject([
      { action: 'provider_app.created', actorName: 'Ada', subjectName: 'Sales Sync' },
    ])
  })

  it('of Envoy has both hosts and token.refresh at once', async () => {
    const app = await t.row(await t.draft({ provider: 'envoy', grants: ['oauth_code'] }))
    expect(app).toMatchObject({
      baseUrl: 'https://api.envoy.com',
      browserUrl: 'https://app.envoy.com',
      scopes: ['token.refresh'],
    })
  })

  it('of a white label has its own base URL', async () => {
    const input = { provider: 'outstand', baseUrl: 'https://crm.example.com/' } as const
    expect((await t.row(await t.draft(input))).baseUrl).toBe('https://crm.example.com')
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
    await expect(t.draft(input)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(words),
      detail: { field },
    })
  })
})

it('a viewer may do none of it', async () => {
  const appId = await t.draft()
  const before = await t.row(appId)
  const attempts = [
    createApp(t.deps, t.viewer, {
      provider: 'outreach',
      environment: 'production',
      name: 'X',
      grants: ['s2s'],
    }),
    updateApp(t.deps, t.viewer, { appId, name: 'X' }),
    replaceSecret(t.deps, t.viewer, { appId, field: 'clientSecret', value: goodSecret }),
    generateKeyPair(t.deps, t.viewer, { appId, replaces: null }),
    importPrivateKey(t.deps, t.viewer, { appId, privateKey: 'x' }),
    checkApp(t.deps, t.viewer, { appId }),
    removeApp(t.deps, t.viewer, { appId }),
  ]
  for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' })
  expect(await t.row(appId)).toEqual(before)
  expect(await t.auditOf(appId)).toHaveLength(1)
})

describe('a change', () => {
  it('adds what the provider always needs to the scopes', async () => {
    const appId = await t.draft({ provider: 'envoy' })
    await updateApp(t.deps, t.admin, { appId, scopes: ['invites.read', 'invites.read'] })
    expect((await t.row(appId)).scopes).toEqual(['invites.read', 'token.refresh'])
  })

  it.each([
    [{ scopes: [] }, 'scopes', /tick at least one/],
    [{ scopes: ['users.read prospects.read'] }, 'scopes', /characters/],
    [{ clientId: 'a\nb' }, 'clientId', /line break/],
    [{ installUrl: 'javascript:alert(1)' }, 'installUrl', /whole URL/],
    [{ agreedLimit: { limit: 1200, windowS: 300 } }, 'agreedLimit', /no such field/],
  ])('of an Outreach app is refused in words: %j', async (change, field, words) => {
    const appId = await t.draft()
    await expect(updateApp(t.deps, t.admin, { appId, ...change })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(words),
      detail: { field },
    })
  })

  it('of what live connections stand on waits until there are none', async () => {
    const appId = await t.draft()
    await updateApp(t.deps, t.admin, { appId, clientId: 'client-1' })
    const connectionId = await t.addConnection(appId)
    await t.addConnection(appId)
    await expect(updateApp(t.deps, t.admin, { appId, clientId: 'client-2' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('2 connections stand on the client id'),
    })
    await expect(updateApp(t.deps, t.admin, { appId, grants: ['s2s'] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await updateApp(t.deps, t.admin, {
      appId,
      clientId: 'client-1',
      name: 'Renamed',
      grants: ['oauth_code', 's2s'],
    })
    expect((await t.row(appId)).name).toBe('Renamed')
    await t.deps.db.connection.updateMany({ where: { appId }, data: { lifecycle: 'disconnected' } })
    await updateApp(t.deps, t.admin, { appId, clientId: 'client-2' })
    expect(connectionId).toBeTruthy()
    expect((await t.row(appId)).clientId).toBe('client-2')
  })
})

describe('an app of the sandbox or the environment', () => {
  it.each([
    ['sandbox', /local sandbox/],
    ['environment', /managed by the environment/],
  ] as const)('(%s) is read-only, and says why', async (origin, words) => {
    const appId = await t.draft()
    await t.deps.db.providerApp.update({ where: { id: appId }, data: { origin, grants: ['s2s'] } })
    const before = await t.row(appId)
    const attempts = [
      () => updateApp(t.deps, t.admin, { appId, name: 'X' }),
      () => replaceSecret(t.deps, t.admin, { appId, field: 'webhookSecret', value: 'x' }),
      () => generateKeyPair(t.deps, t.admin, { appId, replaces: null }),
      () => importPrivateKey(t.deps, t.admin, { appId, privateKey: 'x' }),
      () => removeApp(t.deps, t.admin, { appId }),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(words),
      })
    }
    expect(await t.row(appId)).toEqual(before)
  })

  it('can be checked', async () => {
    const appId = await t.draft()
    await updateApp(t.deps, t.admin, { appId, clientId: 'client-1' })
    await replaceSecret(t.deps, t.admin, { appId, field: 'clientSecret', value: goodSecret })
    await t.deps.db.providerApp.update({ where: { id: appId }, data: { origin: 'environment' } })
    expect((await checkApp(t.deps, t.admin, { appId })).kind).toBe('ok')
  })
})

describe('removing', () => {
  it('is refused while connections live or wait, naming how many', async () => {
    const appId = await t.draft()
    await t.addConnection(appId)
    await t.addConnection(appId, { lifecycle: 'pending' })
    await expect(removeApp(t.deps, t.admin, { appId })).rejects.toMatchObject({
      code: 'conflict',
      message: '2 connections use this app. Disconnect first, then remove it.',
    })
    expect((await t.row(appId)).hiddenAt).toBeNull()
  })

  it('hides the app, erases its secrets and keeps what ended by it', async () => {
    const appId = await t.draft()
    await replaceSecret(t.deps, t.admin, { appId, field: 'clientSecret', value: goodSecret })
    await t.addConnection(appId, { lifecycle: 'disconnected' })
    await removeApp(t.deps, t.admin, { appId })
    expect((await t.row(appId)).hiddenAt).not.toBeNull()
    expect((await openApp(t.deps, appId)).clientSecret).toBeNull()
    expect(await t.deps.db.connection.count({ where: { appId } })).toBe(1)
    await expect(removeApp(t.deps, t.admin, { appId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(updateApp(t.deps, t.admin, { appId, name: 'X' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(checkApp(t.deps, t.admin, { appId })).rejects.toMatchObject({ code: 'not_found' })
  })
})
