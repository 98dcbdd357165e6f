import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { bucketOf } from '../rate-limits/bucket'
import { bucketRules } from '../rate-limits/bucket-rules'
import { slotAt } from '../rate-limits/slots'
import { overviewPage } from './overview-page'
import { rateLimitsPage } from './rate-limits-page'

let world: World
let first: string
let second: string
beforeAll(async () => {
  world = await makeWorld({})
  first = await connected(world, ada)
  second = await connected(world, grace)
})
afterAll(() => world.close())

const overview = () => overviewPage(world.deps, world.admin)
const outstand = async () => {
  const card = (await overview()).providers.find(({ provider }) => provider === 'outstand')
  if (!card) throw new Error('no card')
  return card
}

it('counts accounts by the status that their pages show', async () => {
  expect(await outstand()).toMatchObject({ accounts: 2, statuses: [{ status: 'healthy', count: 2 }] })
  await world.deps.db.connection.update({
    where: { id: second },
    data: {
      needsReconnectAt: world.deps.clock.now(),
      ownStatus: 'needs_reconnect',
      failureAt: world.deps.clock.now(),
      failureCode: 'invalid_grant',
      failureWords: 'The grant was revoked.',
    },
  })
  const { attention } = await overview()
  expect(attention.total).toBe(1)
  expect(attention.items).toMatchObject([
    {
      why: 'Outstand no longer accepts this grant.',
      said: { code: 'invalid_grant', words: 'The grant was revoked.' },
      next: null,
      button: { kind: 'reconnect', connectionId: second },
    },
  ])
})

it('tells a refused app once, in place of all its accounts', async () => {
  await world.deps.db.providerApp.update({
    where: { id: world.appId },
    data: { faultAt: world.deps.clock.now(), faultCode: 'invalid_client', faultWords: 'Wrong secret.' },
  })
  expect((await outstand()).statuses).toEqual([{ status: 'app_misconfigured', count: 2 }])
  const { attention } = await overview()
  expect(attention.items).toMatchObject([
    {
      why: 'Outstand refuses the app’s credentials. 2 accounts wait for it.',
      said: { code: 'invalid_client', words: 'Wrong secret.' },
      button: { kind: 'fix_app', appId: world.appId },
    },
  ])
  expect(attention.total).toBe(1)
  await world.deps.db.providerApp.update({
    where: { id: world.appId },
    data: { faultAt: null, faultCode: null, faultWords: null },
  })
})

it('shows the fullest limit, and one that has been reset as unused', async () => {
  const { db, clock } = world.deps
  const bucket = (id: string) =>
    bucketOf({
      id,
      provider: 'outstand',
      grantKind: 'oauth_code',
      externalAccountId: null,
      externalOrgId: null,
    })
  // What the renewals before have counted is told before it is replaced.
  await world.deps.permits.flush()
  const rules = bucketRules({ provider: 'outstand', agreed: null, bypassed: false })
  const window = async (id: string, used: number, resetsInMs: number) => {
    const nowMs = clock.now().getTime()
    const calledMs = nowMs + resetsInMs - rules.windowMs - rules.graceMs - rules.slotMs
    const counted = {
      limit: 300,
      used,
      remaining: 300 - used,
      windowS: 300,
      slots: { [slotAt(rules, calledMs)]: used },
      resetsAt: new Date(nowMs + resetsInMs),
      source: 'own_count' as const,
      asOf: clock.now(),
    }
    await db.rateWindow.upsert({
      where: { bucket: bucket(id) },
      create: { bucket: bucket(id), provider: 'outstand', ...counted },
      update: counted,
    })
  }
  await window(first, 270, 60_000)
  await window(second, 299, -60_000)
  expect((await outstand()).busiest?.connections).toMatchObject([{ id: first, name: 'Outstand user 101' }])
  expect((await overview()).comingUp.nearLimits.map((row) => row.view.used)).toEqual([270])
  const { rows } = await rateLimitsPage(world.deps, world.admin, {})
  expect(rows.map((row) => row.view.used)).toEqual([270, 0])
  expect(
    (await rateLimitsPage(world.deps, world.admin, { after: `900000~${bucket(first)}` })).rows,
  ).toMatchObject([{ bucket: bucket(second) }])
  expect((await rateLimitsPage(world.deps, world.admin, { provider: 'envoy' })).rows).toEqual([])
})

it('names the clocks that run out within seven days', async () => {
  const by = new Date(world.deps.clock.now().getTime() + 3 * 24 * 60 * 60_000)
  await world.deps.db.connection.update({ where: { id: first }, data: { refreshExpiresAt: by } })
  expect((await overview()).comingUp.reconnectBy).toMatchObject([{ connectionId: first, by }])
})

it('offers production first, development last, and says what an incomplete app lacks', async () => {
  await world.deps.db.providerApp.create({
    data: {
      id: 'app_draft',
      slug: 'draft',
      provider: 'outstand',
      environment: 'production',
      origin: 'settings',
      name: 'Draft',
      grants: ['oauth_code'],
      baseUrl: 'https://app.outstand.com',
    },
  })
  const development = await world.makeApp('trial', ['oauth_code'])
  await world.deps.db.providerApp.update({
    where: { id: development },
    data: { environment: 'development' },
  })
  const { offers } = await outstand()
  expect(offers.map(({ appName, why }) => [appName, why])).toEqual([
    ['App main', null],
    ['App trial', null],
    ['Draft', 'Not complete yet. Missing: the client id and the client secret.'],
  ])
  expect(JSON.stringify(offers)).not.toContain(world.doorkeeper.client.secret)
})

it('lists what needs a person by how badly it does, each with why and the one button that helps', async () => {
  const { db, clock } = world.deps
  const ago = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000)
  const fresh = {
    needsReconnectAt: null,
    retryingSince: null,
    suspendedAt: null,
    failureAt: null,
    failureCode: null,
    failureWords: null,
  }
  const set = (id: string, data: object) =>
    db.connection.update({ where: { id }, data: { ...fresh, ...data }, select: { id: true } })
  await set(first, { ownStatus: 'retrying', retryingSince: ago(10), refreshExpiresAt: null })
  await set(second, {
    ownStatus: 'suspended',
    suspendedAt: ago(5),
    suspendedReason: 'Locked.',
    nextAttemptAt: ago(-60),
  })
  const items = async () => (await overview()).attention.items
  expect(await items()).toMatchObject([
    {
      status: 'suspended',
      why: 'Outstand has locked or deleted the organization.',
      said: { code: null, words: 'Locked.' },
      next: { step: 'Try again', at: ago(-60) },
      button: { kind: 'check_again', connectionId: second },
    },
  ])
  await set(first, { ownStatus: 'retrying', retryingSince: ago(20) })
  expect(await items()).toMatchObject([
    { key: second },
    {
      key: first,
      why: 'Outstand has not renewed its token for a while.',
      button: { kind: 'refresh_now', connectionId: first },
    },
  ])
  const { provider, baseUrl } = await db.providerApp.findUniqueOrThrow({ where: { id: world.appId } })
  const host = { provider, baseUrl, beganAt: ago(1), retryAt: ago(0), refused: 9, code: 'c', words: 'w' }
  const trouble = await db.providerTrouble.create({ data: { id: 'trb_1', openKey: 'one', ...host } })
  expect(await items(), 'the banner tells of it').toMatchObject([{ key: second }])
  await db.providerTrouble.delete({ where: { id: trouble.id } })
  await set(first, { ownStatus: 'healthy', nextAttemptAt: null, accessExpiresAt: ago(-90) })
  const { attention } = await overview()
  expect(attention.total).toBe(2)
  expect(attention.items).toMatchObject([
    {
      key: first,
      status: 'healthy',
      reconnectBy: ago(-90),
      button: { kind: 'reconnect', connectionId: first },
    },
    { key: second },
  ])
  // What needs a person is told there alone.
  expect((await overview()).comingUp.reconnectBy).toEqual([])
})

it('needs a signed-in person', async () => {
  await expect(overviewPage(world.deps, { kind: 'visitor', address: '127.0.0.1' })).rejects.toMatchObject({
    code: 'forbidden',
  })
})
