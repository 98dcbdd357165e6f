import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { UserActor } from '../core/actor'
import type { LiveEvent } from '../core/live-event'
import { acceptInstall } from '../installs/accept-install'
import { landSetupToken } from '../installs/land-setup-token'
import { refuseInstall } from '../installs/refuse-install'
import { createPerson, createTestApp, dumpDatabase } from '../installs/testing/install-bench'
import { type LocalOutreach, startLocalOutreach } from '../installs/testing/local-outreach'
import { webhookBytesMax } from './read-body'
import { lifecycleBody, outreachHeaders, post } from './testing/signed-webhooks'

let database: TestDatabase
let t: TestDeps
let admin: UserActor
let outreach: LocalOutreach
let appId: string
let slug: string
const secret = 'webhook+secret/with=odd&characters'

beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  admin = await createPerson(t.deps, 'ann', 'admin')
})
beforeEach(async () => {
  await outreach?.close()
  outreach = await startLocalOutreach()
  await t.deps.db.providerApp.updateMany({ data: { hiddenAt: t.deps.clock.now() } })
  slug = `s2s-${randomUUID().slice(0, 8)}`
  appId = await createTestApp(
    t.deps,
    { slug, provider: 'outreach', grants: ['s2s'], baseUrl: outreach.url, s2sGuid: outreach.state.guid },
    { s2sPrivateKey: outreach.privateKeyPem, webhookSecret: secret },
  )
  t.deps.clock.advance(61_000)
})
afterAll(async () => {
  await outreach.close()
  await t.close()
  await database.close()
})

function installAt(orgId: string) {
  const id = randomUUID()
  const token = `setup-${randomUUID()}`
  outreach.state.installs.set(id, { id, orgId, orgName: `Org ${orgId}`, state: 'alive' })
  outreach.state.setupTokens.set(token, { installId: id, appGuid: outreach.state.guid, state: 'good' })
  return { id, token }
}
function change(id: string, state: 'alive' | 'locked' | 'removed') {
  const install = outreach.state.installs.get(id)
  if (install) install.state = state
}
function tell(
  eventName: string,
  installId: string,
  more: { id?: string; deliveredAt?: Date; guid?: string } = {},
) {
  // Rows of one instant have no order.
  t.deps.clock.advance(1)
  const deliveredAt = more.deliveredAt ?? t.deps.clock.now()
  const body = lifecycleBody(eventName, installId, more.guid ?? outreach.state.guid, deliveredAt)
  return post(t.deps, 'outreach', body, outreachHeaders(body, secret, more.id))
}
const land = (setupToken: string, actor: UserActor | null) =>
  landSetupToken(t.deps, actor, { slug, setupToken, address: randomUUID() })
const installs = () => t.deps.db.install.findMany({ where: { appId } })
const connections = () => t.deps.db.connection.findMany({ where: { appId }, include: { pair: true } })
const deliveries = () => t.deps.db.webhookDelivery.findMany({ where: { appId }, orderBy: { id: 'asc' } })

describe('install.created', () => {
  it('alone makes an install that waits, its org learnt from the token answer', async () => {
    const { id } = installAt('7')
    const seen: LiveEvent[] = []
    const stop = t.deps.events.subscribe((event) => seen.push(event))
    expect(await tell('install.created', id)).toEqual({ status: 200, body: {} })
    const [install] = await installs()
    expect(install).toMatchObject({ state: 'waiting', externalOrgId: '7', learntFrom: 'webhook' })
    expect(await connections()).toMatchObject([
      {
        lifecycle: 'pending',
        externalAccountId: '7',
        accountName: 'Outreach org 7',
        pair: { generation: 1 },
      },
    ])
    expect(await deliveries()).toMatchObject([
      {
        eventName: 'install.created',
        state: 'handled',
        installId: install?.id,
        repeats: 0,
        failureWords: null,
      },
    ])
    const app = await t.deps.db.providerApp.findUniqueOrThrow({ where: { id: appId } })
    expect(app.lastWebhookAt).toEqual(t.deps.clock.now())
    await expect
      .poll(() => seen.map((event) => event.topic))
      .toEqual(expect.arrayContaining(['webhook', 'install', 'app']))
    stop()
  })

  it.each([
    [
      'the webhook first',
      async (a: () => Promise<unknown>, b: () => Promise<unknown>) => [await a(), await b()],
    ],
    [
      'the landing first',
      async (a: () => Promise<unknown>, b: () => Promise<unknown>) => [await b(), await a()],
    ],
    ['both at once', (a: () => Promise<unknown>, b: () => Promise<unknown>) => Promise.all([a(), b()])],
  ])('and an admin’s landing, %s, make one install, one connection and one token', async (_, order) => {
    const { id, token } = installAt('8')
    await order(
      () => tell('install.created', id),
      () => land(token, admin),
    )
    expect(await installs()).toMatchObject([{ state: 'accepted', orgName: 'Org 8', externalInstallId: id }])
    expect(await connections()).toMatchObject([
      { lifecycle: 'live', ownStatus: 'healthy', accountName: 'Org 8', pair: { generation: 1 } },
    ])
    expect(outreach.callsOf('accessToken')).toBe(1)
    expect(await t.deps.db.setting.count()).toBe(0)
  })

  it('many times at once, with landings of strangers between, makes one install that waits', async () => {
    const { id, token } = installAt('9')
    const answers = await Promise.all([
      ...[1, 2, 3, 4].map(() => tell('install.created', id)),
      ...[1, 2].map(() => land(token, null)),
    ])
    expect(answers.filter((answer) => 'status' in answer && answer.status !== 200)).toEqual([])
    expect(await installs()).toMatchObject([{ state: 'waiting' }])
    expect(await connections()).toMatchObject([{ lifecycle: 'pending', pair: { generation: 1 } }])
    expect(outreach.callsOf('accessToken')).toBe(1)
  })

  it('is kept when Outreach cannot be asked just then, for it is not sent again; accepting asks', async () => {
    const { id } = installAt('10')
    outreach.state.instead.push({ action: 'accessToken', answer: (r) => r.writeHead(502).end('bad gateway') })
    expect(await tell('install.created', id)).toMatchObject({ status: 200 })
    const [install] = await installs()
    expect(install).toMatchObject({ state: 'waiting', connectionId: null, externalOrgId: null })
    expect(await connections()).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'failed', failureWords: expect.any(String) }])
    const { connectionId } = await acceptInstall(t.deps, admin, { installId: install?.id ?? '' })
    expect(await connections()).toMatchObject([
      { id: connectionId, lifecycle: 'live', externalAccountId: '10' },
    ])
  })

  it('for an install that gives no token leaves no install behind', async () => {
    expect(await tell('install.created', randomUUID())).toMatchObject({ status: 200 })
    expect([await installs(), await connections()]).toEqual([[], []])
    expect(await deliveries()).toMatchObject([{ state: 'failed', failureWords: expect.any(String) }])
  })
})

describe('install.deleted', () => {
  async function connect(orgId: string) {
    const install = installAt(orgId)
    await land(install.token, admin)
    return install
  }

  it('ends the connection and erases its tokens', async () => {
    const { id } = await connect('20')
    change(id, 'removed')
    expect(await tell('install.deleted', id)).toMatchObject({ status: 200 })
    expect(await installs()).toMatchObject([{ state: 'uninstalled', uninstalledAt: t.deps.clock.now() }])
    expect(await connections()).toMatchObject([
      { lifecycle: 'disconnected', ownStatus: 'disconnected', pair: null, endedAt: t.deps.clock.now() },
    ])
    const trail = await t.deps.db.auditEvent.findMany({
      where: { action: 'install.uninstalled' },
      orderBy: { id: 'desc' },
      take: 1,
    })
    expect(trail).toMatchObject([{ actorKind: 'provider', actorName: 'Outreach' }])
  })

  it('before install.created leaves nothing, whichever comes last', async () => {
    const { id } = installAt('21')
    change(id, 'removed')
    await tell('install.deleted', id)
    await tell('install.created', id)
    expect([await installs(), await connections()]).toEqual([[], []])
    expect((await deliveries()).map((delivery) => delivery.state)).toEqual(['handled', 'failed'])
  })

  it('while it waits takes the install away; installed again it waits again', async () => {
    const { id } = installAt('22')
    await tell('install.created', id)
    change(id, 'removed')
    await tell('install.deleted', id)
    expect(await connections()).toMatchObject([{ lifecycle: 'disconnected', pair: null }])
    change(id, 'alive')
    await tell('install.created', id)
    expect(await installs()).toMatchObject([{ state: 'waiting', uninstalledAt: null }])
    expect(await connections()).toMatchObject([{ lifecycle: 'pending', endedAt: null }])
  })

  it('is followed by install.created of the same company: the same connection goes on', async () => {
    const { id } = await connect('23')
    const [before] = await connections()
    change(id, 'removed')
    await tell('install.deleted', id)
    const again = installAt('23')
    await tell('install.created', again.id)
    expect(await connections()).toMatchObject([
      { id: before?.id, lifecycle: 'live', pair: { generation: 3 } },
    ])
    expect((await installs()).map((install) => install.state).sort()).toEqual(['accepted', 'uninstalled'])
  })

  it('that is old may be a recording: a living install goes on, a dead one ends', async () => {
    const { id } = await connect('24')
    const deliveredAt = new Date(t.deps.clock.now().getTime() - 11 * 60_000)
    await tell('install.deleted', id, { deliveredAt })
    expect(await connections()).toMatchObject([{ lifecycle: 'live', ownStatus: 'healthy' }])
    change(id, 'removed')
    await tell('install.deleted', id, { deliveredAt: new Date(deliveredAt.getTime() + 1) })
    expect(await connections()).toMatchObject([{ lifecycle: 'disconnected', pair: null }])
  })
})

describe('while Outreach is being asked for a token', () => {
  /** Holds the answers until `open`, and waits until one call has come. */
  async function held(start: () => Promise<unknown>) {
    let open = () => {}
    outreach.state.gate = new Promise((opened) => {
      open = opened
    })
    const calls = outreach.callsOf('accessToken')
    const running = start()
    await expect.poll(() => outreach.callsOf('accessToken')).toBe(calls + 1)
    return { running, open }
  }

  it('a deletion is handled after the arrival: nothing of it is left over', async () => {
    const { id } = installAt('35')
    const created = await held(() => tell('install.created', id))
    const deleted = tell('install.deleted', id)
    created.open()
    await Promise.all([created.running, deleted])
    expect(await installs()).toMatchObject([{ state: 'uninstalled' }])
    expect(await connections()).toMatchObject([{ lifecycle: 'disconnected', pair: null }])
  })

  it('a refusal stays a refusal', async () => {
    const { id } = installAt('36')
    await tell('install.created', id)
    t.deps.clock.advance(6 * 60_000)
    const [install] = await installs()
    const again = await held(() => tell('install.created', id))
    await refuseInstall(t.deps, admin, { installId: install?.id ?? '' })
    again.open()
    expect(await again.running).toMatchObject({ status: 200 })
    expect(await installs()).toMatchObject([{ state: 'refused' }])
    expect(await connections()).toMatchObject([{ lifecycle: 'refused', pair: null }])
  })
})

describe('an event we do not know', () => {
  it('is stored, acknowledged and starts one check: a locked org suspends, an unlocked one comes back', async () => {
    const { id, token } = installAt('30')
    await land(token, admin)
    change(id, 'locked')
    const mints = outreach.callsOf('accessToken')
    expect(await tell('org.locked', id)).toMatchObject({ status: 200 })
    expect(outreach.callsOf('accessToken')).toBe(mints + 1)
    expect(await connections()).toMatchObject([{ ownStatus: 'suspended' }])
    expect((await deliveries()).at(-1)).toMatchObject({ eventName: 'org.locked', state: 'handled' })
    change(id, 'alive')
    await tell('something.else', id)
    expect(await connections()).toMatchObject([{ ownStatus: 'healthy', suspendedAt: null }])
  })

  it('of an install that we missed brings it in', async () => {
    const { id } = installAt('31')
    await tell('install.updated', id)
    expect(await installs()).toMatchObject([{ state: 'waiting', externalInstallId: id }])
  })
})

describe('a bad webhook', () => {
  async function expectNothing() {
    expect([await installs(), await connections(), await deliveries()]).toEqual([[], [], []])
    expect(outreach.state.calls).toEqual([])
  }
  const created = (id: string) =>
    lifecycleBody('install.created', id, outreach.state.guid, t.deps.clock.now())

  it('without a signature, with a wrong one, or truncated gets 401 and leaves nothing', async () => {
    const body = created(installAt('40').id)
    const good = outreachHeaders(body, secret)
    const unsigned = { ...good }
    delete unsigned['outreach-webhook-signature']
    expect(await post(t.deps, 'outreach', body, unsigned)).toMatchObject({ status: 401 })
    for (const signature of [
      '',
      'abc',
      '0'.repeat(64),
      `sha256=${good['outreach-webhook-signature']}`,
      'é'.repeat(64),
    ]) {
      const headers = { ...good, 'outreach-webhook-signature': encodeURI(signature) }
      expect(await post(t.deps, 'outreach', body, headers)).toMatchObject({ status: 401 })
    }
    expect(await post(t.deps, 'outreach', body, outreachHeaders(body, 'another secret'))).toMatchObject({
      status: 401,
    })
    expect(await post(t.deps, 'outreach', body.slice(0, -5), good)).toMatchObject({ status: 401 })
    expect(await post(t.deps, 'outreach', body.replace('created', 'deleted'), good)).toMatchObject({
      status: 401,
    })
    await expectNothing()
  })

  it('that is too large gets 413', async () => {
    const body = 'x'.repeat(webhookBytesMax + 1)
    expect(await post(t.deps, 'outreach', body, outreachHeaders(body, secret))).toMatchObject({ status: 413 })
    await expectNothing()
  })

  it('that is signed but cannot be read gets 400, and is stored without its content', async () => {
    for (const body of ['', '{', '[]', 'null', '"text"', '{"data":{"type":"user"}}', '\u0000']) {
      expect(await post(t.deps, 'outreach', body, outreachHeaders(body, secret))).toMatchObject({
        status: 400,
      })
    }
    const stored = await deliveries()
    expect(stored).toHaveLength(7)
    for (const { eventName, state, body } of stored) {
      expect([eventName, state, Object.keys(Object(body)).sort()]).toEqual([
        'unreadable',
        'failed',
        ['bytes', 'digest'],
      ])
    }
    expect(await installs()).toEqual([])
  })

  it('that names another app than the one whose secret it is gets 404', async () => {
    expect(await tell('install.created', installAt('41').id, { guid: randomUUID() })).toMatchObject({
      status: 404,
    })
    expect(await installs()).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'failed' }])
  })

  it('that is replayed gets 200, is counted, and has no second effect', async () => {
    const { id } = installAt('42')
    const delivery = { id: 'delivery-42', deliveredAt: t.deps.clock.now() }
    await tell('install.created', id, delivery)
    const before = [await installs(), await connections()]
    t.deps.clock.advance(10 * 60_000)
    for (let repeat = 0; repeat < 3; repeat += 1) {
      expect(await tell('install.created', id, delivery)).toEqual({ status: 200, body: {} })
    }
    expect([await installs(), await connections()]).toEqual(before)
    expect(outreach.callsOf('accessToken')).toBe(1)
    expect(await deliveries()).toMatchObject([{ dedupeKey: 'delivery-42', repeats: 3, state: 'handled' }])
  })

  it('that failed the first time is handled when it comes again', async () => {
    const { id } = installAt('43')
    const delivery = { id: 'delivery-43', deliveredAt: t.deps.clock.now() }
    change(id, 'removed')
    await tell('install.created', id, delivery)
    change(id, 'alive')
    await tell('install.created', id, delivery)
    expect(await installs()).toMatchObject([{ state: 'waiting' }])
    expect(await deliveries()).toMatchObject([{ repeats: 1, state: 'handled', failureWords: null }])
  })

  it('is known by its own app’s secret where there are several apps', async () => {
    const other = await createTestApp(
      t.deps,
      {
        slug: `other-${appId}`,
        provider: 'outreach',
        grants: ['s2s'],
        baseUrl: outreach.url,
        s2sGuid: outreach.state.guid,
      },
      { s2sPrivateKey: outreach.privateKeyPem, webhookSecret: 'the other secret' },
    )
    const body = created(installAt('44').id)
    await post(t.deps, 'outreach', body, outreachHeaders(body, 'the other secret'))
    expect(await installs()).toEqual([])
    expect(await t.deps.db.install.count({ where: { appId: other } })).toBe(1)
  })
})

it('leaves no secret in any row or log line', async () => {
  const { id, token } = installAt('50')
  await land(token, admin)
  await tell('install.updated', id)
  const dump = await dumpDatabase(t.deps)
  const log = t.logLines.join('\n')
  for (const hidden of [secret, token, ...outreach.state.issued]) {
    expect([dump.includes(hidden), log.includes(hidden)]).toEqual([false, false])
  }
})
