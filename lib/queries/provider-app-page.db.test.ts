import { afterAll, beforeAll, expect, it } from 'vitest'
import { replaceSecret } from '../provider-apps/replace-secret'
import { type AppBench, goodSecret, makeAppBench } from '../provider-apps/testing/app-bench'
import { updateApp } from '../provider-apps/update-app'
import { providerAppPage } from './provider-app-page'
import { providersPage } from './providers-page'

let t: AppBench
beforeAll(async () => {
  t = await makeAppBench()
})
afterAll(() => t.close())

async function page(appId: string, actor = t.admin) {
  const found = await providerAppPage(t.deps, actor, appId)
  if (!found) throw new Error('the app is there')
  return found
}

it('an app’s page tells when a secret was replaced, and nothing of it', async () => {
  const appId = await t.draft()
  const replacedAt = t.deps.clock.now()
  await replaceSecret(t.deps, t.admin, { appId, field: 'clientSecret', value: goodSecret })
  t.deps.clock.advance(60_000)
  const app = await page(appId)
  expect(app.secrets).toMatchObject({
    clientSecret: { isSet: true, replacedAt },
    webhookSecret: { isSet: false, replacedAt: null },
  })
  const text = JSON.stringify(app)
  expect(text).not.toContain(goodSecret)
  expect(text).not.toMatch(/Sealed"|pb1\./)
})

it('a viewer sees the same and may change nothing', async () => {
  const appId = await t.draft()
  expect(await page(appId, t.viewer)).toEqual({ ...(await page(appId)), mayEdit: false, mayCheck: false })
  expect((await providersPage(t.deps, t.viewer)).mayEdit).toBe(false)
  await expect(
    providerAppPage(t.deps, { kind: 'visitor', address: '192.0.2.1' }, appId),
  ).rejects.toMatchObject({ code: 'forbidden' })
})

it('a draft shows its URLs and what to take next', async () => {
  const app = await page(await t.draft({ grants: ['oauth_code', 's2s'] }))
  expect(app.urls.map(({ kind }) => kind)).toEqual(['redirect', 'webhook', 'landing'])
  expect(app.urls[2]?.url).toMatch(/^http:\/\/localhost:3000\/outreach\/setup\/sales-sync-[0-9a-z]{4}$/)
  expect(app.ready).toBe(false)
  expect(app.readiness.map(({ missing }) => missing)).toEqual([
    ['the client id', 'the client secret', 'scopes'],
    ['the private key', 'the S2S GUID'],
  ])
})

it('the picker names what is written and not read, and scopes of no catalogue', async () => {
  const appId = await t.draft()
  await updateApp(t.deps, t.admin, {
    appId,
    scopes: ['prospects.write', 'accounts.write', 'accounts.all', 'read_prospect'],
  })
  expect((await page(appId)).scopes).toMatchObject({
    writeOnly: ['prospects.write'],
    others: ['read_prospect'],
    catalogue: { required: true },
  })
})

it('an Outreach development app counts the people of its owning org', async () => {
  const appId = await t.draft({ environment: 'development' })
  const consentAt = t.deps.clock.now()
  await t.addConnection(appId, { externalAccountId: '1', orgName: 'Acme', consentAt })
  const stranger = await t.addConnection(appId, { externalAccountId: '2', orgName: 'Globex', consentAt })
  await t.addConnection(appId, { externalAccountId: '3', orgName: 'Globex', lifecycle: 'disconnected' })
  expect((await page(appId)).development?.grants).toEqual({ ownPeople: null, lapsing: [] })
  await updateApp(t.deps, t.admin, { appId, owningOrgName: 'Acme' })
  expect((await page(appId)).development?.grants).toMatchObject({
    ownPeople: 1,
    lapsing: [{ connectionId: stranger, reason: 'other_org' }],
  })
})

it('the list groups apps by provider and environment, counts connections and leaves hidden ones out', async () => {
  await t.deps.db.providerApp.updateMany({ data: { hiddenAt: t.deps.clock.now() } })
  const development = await t.draft({ name: 'A', environment: 'development' })
  const production = await t.draft({ name: 'B' })
  await t.addConnection(production)
  await t.addConnection(production, { ownStatus: 'needs_reconnect' })
  await t.addConnection(production, { lifecycle: 'pending', ownStatus: 'pending' })
  await t.addConnection(production, { lifecycle: 'disconnected', ownStatus: 'disconnected' })
  const { groups } = await providersPage(t.deps, t.viewer)
  expect(groups.map(({ provider, apps }) => [provider, apps.map((app) => app.id)])).toEqual([
    ['outreach', [production, development]],
    ['envoy', []],
    ['outstand', []],
  ])
  expect(groups[0]?.apps[0]).toMatchObject({
    state: 'draft',
    connections: { live: 2, attention: 1, waiting: 1 },
  })
})
