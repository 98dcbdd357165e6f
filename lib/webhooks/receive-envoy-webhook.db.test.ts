import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { UserActor } from '../core/actor'
import type { LiveEvent } from '../core/live-event'
import { acceptInstall } from '../installs/accept-install'
import { refuseInstall } from '../installs/refuse-install'
import { createPerson, createTestApp, dumpDatabase, pressConnect } from '../installs/testing/install-bench'
import { type LocalEnvoy, startLocalEnvoy } from './testing/local-envoy'
import { type EnvoyMessage, envoyBody, envoyHeaders, post, webhookToken } from './testing/signed-webhooks'

let database: TestDatabase
let t: TestDeps
let admin: UserActor
let envoy: LocalEnvoy
let appId: string
const pluginId = 'plugin-1'

beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  admin = await createPerson(t.deps, 'ann', 'admin')
})
beforeEach(async () => {
  await envoy?.close()
  envoy = await startLocalEnvoy()
  await t.deps.db.providerApp.updateMany({ data: { hiddenAt: t.deps.clock.now() } })
  appId = await createTestApp(
    t.deps,
    {
      slug: `envoy-${randomUUID().slice(0, 8)}`,
      provider: 'envoy',
      grants: ['plugin_install'],
      baseUrl: envoy.url,
      browserUrl: envoy.url,
      clientId: envoy.state.clientId,
    },
    { clientSecret: envoy.state.clientSecret },
  )
})
afterAll(async () => {
  await envoy.close()
  await t.close()
  await database.close()
})

let nextInstall = 1_000_000
function installAt(companyId: string): string {
  nextInstall += 1
  envoy.state.installs.set(String(nextInstall), companyId)
  return String(nextInstall)
}
function tell(message: Partial<EnvoyMessage> & { installId: string }) {
  t.deps.clock.advance(1)
  return tellBody(envoyBody({ pluginId, ...message }))
}
const tellBody = (body: string) => post(t.deps, 'envoy', body, envoyHeaders(body, envoy.state.clientSecret))
const step = (installId: string, more: Partial<EnvoyMessage> = {}) =>
  tell({ installId, route: 'step-0-callback', ...more })
const press = () => pressConnect(t.deps, { id: appId, provider: 'envoy', grantKind: 'plugin_install' }, admin)
const installs = () => t.deps.db.install.findMany({ where: { appId }, orderBy: { id: 'asc' } })
const connections = () => t.deps.db.connection.findMany({ where: { appId }, include: { pair: true } })
const deliveries = () => t.deps.db.webhookDelivery.findMany({ where: { appId }, orderBy: { id: 'asc' } })
const blocked = { status: 412, body: { message: expect.any(String) } }

describe('a route webhook', () => {
  it.each([
    ['the current envelope', false],
    ['the envelope of the seed', true],
  ])('in %s stores a pair and lets the step pass', async (_, older) => {
    const installId = installAt('10000')
    expect(await step(installId, { older, route: 'step-0-field-1-options' })).toEqual({
      status: 200,
      body: [],
    })
    expect(await step(installId, { older })).toEqual({ status: 200, body: {} })
    expect(await installs()).toMatchObject([
      { state: 'waiting', externalInstallId: installId, externalOrgId: '10000' },
    ])
    const [connection] = await connections()
    expect(connection).toMatchObject({
      lifecycle: 'pending',
      grantKind: 'plugin_install',
      externalAccountId: '10000',
      pair: { obtainedBy: 'plugin_install', generation: 1 },
    })
    const daysLeft = (connection?.refreshExpiresAt?.getTime() ?? 0) - t.deps.clock.now().getTime()
    expect(Math.round(daysLeft / 86_400_000)).toBe(30)
    expect(envoy.state.exchanges).toEqual([installId])
  })

  it('becomes a connection at once when an admin has pressed Connect, and the page hears of it', async () => {
    const flowId = await press()
    const seen: LiveEvent[] = []
    const stop = t.deps.events.subscribe((event) => seen.push(event))
    await step(installAt('11'), { companyName: 'Contoso' })
    const [connection] = await connections()
    expect(connection).toMatchObject({
      lifecycle: 'live',
      ownStatus: 'healthy',
      accountName: 'Contoso',
      connectedBy: 'ann',
    })
    expect(await t.deps.db.connectFlow.findUnique({ where: { id: flowId } })).toMatchObject({
      outcome: 'completed',
      resultId: connection?.id,
    })
    await expect.poll(() => seen).toContainEqual({ topic: 'flow', id: flowId })
    stop()
    await step(installAt('12'))
    expect((await installs()).map((install) => install.state)).toEqual(['accepted', 'waiting'])
  })

  it('of two companies at once lets one press speak for one of them only', async () => {
    await press()
    await Promise.all([step(installAt('13')), step(installAt('14'))])
    expect((await connections()).map((connection) => connection.lifecycle).sort()).toEqual([
      'live',
      'pending',
    ])
  })

  it('twice at once, and again within five minutes, makes one exchange; later it makes another', async () => {
    const installId = installAt('15')
    const answers = await Promise.all([step(installId), step(installId), step(installId)])
    expect(answers).toEqual(Array(3).fill({ status: 200, body: {} }))
    t.deps.clock.advance(4 * 60_000)
    await step(installId)
    expect(envoy.state.exchanges).toHaveLength(1)
    t.deps.clock.advance(61_000)
    await step(installId)
    expect(envoy.state.exchanges).toHaveLength(2)
    expect(await connections()).toMatchObject([{ pair: { generation: 2 } }])
    expect(await installs()).toHaveLength(1)
  })

  it('sent again byte for byte has no second effect, even after the connection has ended', async () => {
    await press()
    const installId = installAt('16')
    const body = envoyBody({ pluginId, installId, route: 'step-0-callback' })
    await tellBody(body)
    await tell({ installId, event: 'plugin_uninstalled' })
    expect(await tellBody(body)).toEqual({ status: 200, body: {} })
    expect(await connections()).toMatchObject([{ lifecycle: 'disconnected', pair: null }])
    expect(await deliveries()).toMatchObject([{ repeats: 1 }, { repeats: 0 }])
  })

  it.each([
    [
      'refuses the install',
      (r: import('node:http').ServerResponse) => r.writeHead(404).end('{"error":"subject not found"}'),
    ],
    ['is down', (r: import('node:http').ServerResponse) => r.writeHead(503).end()],
    ['answers HTML', (r: import('node:http').ServerResponse) => r.writeHead(200).end('<html>')],
    ['answers 5 MB', (r: import('node:http').ServerResponse) => r.writeHead(200).end('x'.repeat(5_000_000))],
    ['cuts the line', (r: import('node:http').ServerResponse) => r.destroy()],
  ])(
    'blocks the step when Envoy %s, stores nothing, and passes when it is tried again',
    async (_, answer) => {
      const installId = installAt('17')
      envoy.state.instead.push(answer)
      const body = envoyBody({ pluginId, installId, route: 'step-0-field-1-options' })
      expect(await tellBody(body)).toEqual(blocked)
      expect([await installs(), await connections()]).toEqual([[], []])
      expect(await deliveries()).toMatchObject([{ state: 'failed', failureWords: expect.any(String) }])
      expect(await tellBody(body)).toEqual({ status: 200, body: [] })
      expect(await installs()).toHaveLength(1)
    },
  )

  it('is answered in time when Envoy’s token endpoint is not', async () => {
    let open = () => {}
    envoy.state.gate = new Promise((opened) => {
      open = opened
    })
    expect(await step(installAt('18'))).toEqual(blocked)
    open()
    expect([await installs(), await connections()]).toEqual([[], []])
    expect(await t.deps.db.installLease.count()).toBe(0)
  })

  it('marks the app when Envoy refuses its credentials', async () => {
    envoy.state.clientId = 'another'
    expect(await step(installAt('19'))).toEqual(blocked)
    const app = await t.deps.db.providerApp.findUniqueOrThrow({ where: { id: appId } })
    expect(app.faultAt).not.toBeNull()
    expect(await installs()).toEqual([])
  })

  it('of a refused install is blocked without an exchange, until an admin asks for it', async () => {
    const installId = installAt('20')
    await step(installId)
    const [install] = await installs()
    await refuseInstall(t.deps, admin, { installId: install?.id ?? '' })
    expect(await connections()).toMatchObject([{ lifecycle: 'refused', pair: null }])
    t.deps.clock.advance(6 * 60_000)
    expect(await step(installId)).toEqual(blocked)
    expect(envoy.state.exchanges).toHaveLength(1)
    await press()
    expect(await step(installId)).toMatchObject({ status: 200 })
    expect(await connections()).toMatchObject([{ lifecycle: 'live', pair: { generation: 3 } }])
  })
})

describe('the plugin', () => {
  it('is pinned by the first webhook; another plugin under the same secret is refused', async () => {
    const installId = installAt('30')
    await step(installId)
    expect(await t.deps.db.providerApp.findUnique({ where: { id: appId } })).toMatchObject({ pluginId })
    const answer = await step(installAt('31'), { pluginId: 'plugin-2' })
    expect(answer).toMatchObject({ status: 404 })
    expect(await installs()).toHaveLength(1)
    expect((await deliveries()).at(-1)).toMatchObject({ state: 'failed' })
  })

  it('is pinned once when two name themselves at the same time', async () => {
    const answers = await Promise.all([
      step(installAt('32'), { pluginId: 'plugin-a' }),
      step(installAt('33'), { pluginId: 'plugin-b' }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404])
    expect(await installs()).toHaveLength(1)
  })

  it('is of the app whose client secret verifies', async () => {
    const other = await createTestApp(
      t.deps,
      {
        slug: `other-${appId}`,
        provider: 'envoy',
        grants: ['plugin_install'],
        baseUrl: envoy.url,
        clientId: 'x',
      },
      { clientSecret: 'the other client secret' },
    )
    const body = envoyBody({ pluginId, installId: installAt('34'), event: 'entry_sign_in' })
    expect(await post(t.deps, 'envoy', body, envoyHeaders(body, 'the other client secret'))).toMatchObject({
      status: 200,
    })
    expect(await t.deps.db.webhookDelivery.count({ where: { appId: other } })).toBe(1)
    expect(await deliveries()).toEqual([])
  })
})

describe('an event', () => {
  it('plugin_uninstalled ends the connection; installed again by the company, the same one goes on', async () => {
    await press()
    const installId = installAt('40')
    await step(installId)
    const [before] = await connections()
    expect(await tell({ installId, event: 'plugin_uninstalled' })).toEqual({ status: 200, body: {} })
    expect(await connections()).toMatchObject([{ lifecycle: 'disconnected', pair: null, generation: 2 }])
    expect(await installs()).toMatchObject([{ state: 'uninstalled' }])
    expect(await step(installAt('40'))).toMatchObject({ status: 200 })
    expect(await connections()).toMatchObject([
      { id: before?.id, lifecycle: 'live', pair: { generation: 3 } },
    ])
  })

  it('plugin_uninstalled of one location goes on with the company’s other install', async () => {
    await press()
    const [first, second] = [installAt('41'), installAt('41')]
    await step(first)
    await step(second)
    await tell({ installId: second, event: 'plugin_uninstalled' })
    expect(await connections()).toMatchObject([{ lifecycle: 'live', pair: { generation: 3 } }])
    expect(envoy.state.exchanges.at(-1)).toBe(first)
    await tell({ installId: first, event: 'plugin_uninstalled' })
    expect(await connections()).toMatchObject([{ lifecycle: 'disconnected', pair: null }])
  })

  it('of any other name, and of an install nobody knows, is stored and acknowledged', async () => {
    const installId = installAt('42')
    await step(installId)
    const [install] = await installs()
    expect(await tell({ installId, event: 'entry_sign_in' })).toEqual({ status: 200, body: {} })
    expect(await tell({ installId: '999', event: 'plugin_uninstalled' })).toEqual({ status: 200, body: {} })
    expect((await deliveries()).slice(1)).toMatchObject([
      {
        eventName: 'entry_sign_in',
        state: 'handled',
        installId: install?.id,
        connectionId: install?.connectionId,
      },
      { eventName: 'plugin_uninstalled', state: 'handled', installId: null },
    ])
    expect(envoy.state.exchanges).toHaveLength(1)
  })
})

it('an install that waits is accepted with the pair that is stored', async () => {
  await step(installAt('50'))
  const [install] = await installs()
  const { connectionId } = await acceptInstall(t.deps, admin, { installId: install?.id ?? '' })
  expect(await connections()).toMatchObject([
    { id: connectionId, lifecycle: 'live', pair: { generation: 1 } },
  ])
  expect(envoy.state.exchanges).toHaveLength(1)
})

it('a bad webhook leaves nothing: unsigned, wrongly signed, truncated 401, unreadable 400', async () => {
  const body = envoyBody({ pluginId, installId: installAt('60'), route: 'step-0-callback' })
  const good = envoyHeaders(body, envoy.state.clientSecret)
  expect(await post(t.deps, 'envoy', body, {})).toMatchObject({ status: 401 })
  expect(await post(t.deps, 'envoy', body, { 'x-envoy-signature': 'short' })).toMatchObject({ status: 401 })
  expect(await post(t.deps, 'envoy', body, envoyHeaders(body, 'another'))).toMatchObject({ status: 401 })
  expect(await post(t.deps, 'envoy', body.slice(0, -3), good)).toMatchObject({ status: 401 })
  expect(await deliveries()).toEqual([])
  for (const odd of ['{"meta":{}}', '{"event":"x"}', 'not json'])
    expect(await tellBody(odd)).toMatchObject({ status: 400 })
  expect([await installs(), await connections(), envoy.state.exchanges]).toEqual([[], [], []])
})

it('leaves no token, no secret and nothing the installer typed in any row or log line', async () => {
  const token = webhookToken()
  await step(installAt('70'), { token })
  await step(installAt('71'), { token: webhookToken(), older: true })
  const dump = await dumpDatabase(t.deps)
  const log = t.logLines.join('\n')
  const hidden = [token, envoy.state.clientSecret, 'typed-by-the-installer', ...envoy.state.issued]
  expect(hidden.length).toBe(7)
  for (const secret of hidden)
    expect([secret, dump.includes(secret), log.includes(secret)]).toEqual([secret, false, false])
})
