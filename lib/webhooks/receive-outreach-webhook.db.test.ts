import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '../core/live-event'
import { acceptInstall } from '../installs/accept-install'
import { refuseInstall } from '../installs/refuse-install'
import { dumpDatabase } from '../installs/testing/install-bench'
import { s2sWorld, webhookSecret } from '../installs/testing/s2s-world'
import { lifecycleBody, outreachHeaders, post } from './testing/signed-webhooks'

const { at, installAt, change, land, installs, connections, deliveries } = s2sWorld()

function tell(
  eventName: string,
  installId: string,
  more: { id?: string; deliveredAt?: Date; guid?: string } = {},
) {
  // Rows of one instant have no order.
  at.deps.clock.advance(1)
  const deliveredAt = more.deliveredAt ?? at.deps.clock.now()
  const body = lifecycleBody(eventName, installId, more.guid ?? at.outreach.state.guid, deliveredAt)
  return post(at.deps, 'outreach', body, outreachHeaders(body, webhookSecret, more.id))
}

describe('install.created', () => {
  it('alone makes an install that waits, its org learnt from the token answer', async () => {
    const { id } = installAt('7')
    const seen: LiveEvent[] = []
    const stop = at.deps.events.subscribe((event) => seen.push(event))
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
    const app = await at.deps.db.providerApp.findUniqueOrThrow({ where: { id: at.appId } })
    expect(app.lastWebhookAt).toEqual(at.deps.clock.now())
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
      () => land(token, at.admin),
    )
    expect(await installs()).toMatchObject([{ state: 'accepted', orgName: 'Org 8', externalInstallId: id }])
    expect(await connections()).toMatchObject([
      { lifecycle: 'live', ownStatus: 'healthy', accountName: 'Org 8', pair: { generation: 1 } },
    ])
    expect(at.outreach.callsOf('accessToken')).toBe(1)
    expect(await at.deps.db.installLease.count()).toBe(0)
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
    expect(at.outreach.callsOf('accessToken')).toBe(1)
  })

  it('is kept when Outreach cannot be asked just then, for it is not sent again; accepting asks', async () => {
    const { id } = installAt('10')
    at.outreach.state.instead.push({
      action: 'accessToken',
      answer: (r) => r.writeHead(502).end('bad gateway'),
    })
    expect(await tell('install.created', id)).toMatchObject({ status: 200 })
    const [install] = await installs()
    expect(install).toMatchObject({ state: 'waiting', connectionId: null, externalOrgId: null })
    expect(await connections()).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'failed', failureWords: expect.any(String) }])
    const { connectionId } = await acceptInstall(at.deps, at.admin, { installId: install?.id ?? '' })
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
    await land(install.token, at.admin)
    return install
  }

  it('ends the connection and erases its tokens', async () => {
    const { id } = await connect('20')
    change(id, 'removed')
    expect(await tell('install.deleted', id)).toMatchObject({ status: 200 })
    expect(await installs()).toMatchObject([{ state: 'uninstalled', uninstalledAt: at.deps.clock.now() }])
    expect(await connections()).toMatchObject([
      { lifecycle: 'disconnected', ownStatus: 'disconnected', pair: null, endedAt: at.deps.clock.now() },
    ])
    const trail = await at.deps.db.auditEvent.findMany({
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
    const deliveredAt = new Date(at.deps.clock.now().getTime() - 11 * 60_000)
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
    at.outreach.state.gate = new Promise((opened) => {
      open = opened
    })
    const calls = at.outreach.callsOf('accessToken')
    const running = start()
    await expect.poll(() => at.outreach.callsOf('accessToken')).toBe(calls + 1)
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
    at.deps.clock.advance(6 * 60_000)
    const [install] = await installs()
    const again = await held(() => tell('install.created', id))
    await refuseInstall(at.deps, at.admin, { installId: install?.id ?? '' })
    again.open()
    expect(await again.running).toMatchObject({ status: 200 })
    expect(await installs()).toMatchObject([{ state: 'refused' }])
    expect(await connections()).toMatchObject([{ lifecycle: 'refused', pair: null }])
  })
})

describe('an event we do not know', () => {
  it('is stored, acknowledged and starts one check: a locked org suspends, an unlocked one comes back', async () => {
    const { id, token } = installAt('30')
    await land(token, at.admin)
    change(id, 'locked')
    const mints = at.outreach.callsOf('accessToken')
    expect(await tell('org.locked', id)).toMatchObject({ status: 200 })
    expect(at.outreach.callsOf('accessToken')).toBe(mints + 1)
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

it('leaves no secret in any row or log line', async () => {
  const { id, token } = installAt('50')
  await land(token, at.admin)
  await tell('install.updated', id)
  const dump = await dumpDatabase(at.deps)
  const log = at.logLines.join('\n')
  for (const hidden of [webhookSecret, token, ...at.outreach.state.issued]) {
    expect([dump.includes(hidden), log.includes(hidden)]).toEqual([false, false])
  }
})
