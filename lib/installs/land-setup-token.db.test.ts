import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '../core/live-event'
import { endedByProvider } from './find-connection'
import { createPerson, createTestApp, dumpDatabase, pressConnect } from './testing/install-bench'
import { s2sWorld } from './testing/s2s-world'

const { at, installAt, addToken, land, installs, connections } = s2sWorld()
const rows = () => Promise.all([installs(), connections()])

describe('a landing with a setup token that Outreach confirms', () => {
  it('waits when a stranger lands, with a reference, its tokens stored and not handed out', async () => {
    const { id, token } = installAt('71', 'Northwind')
    const outcome = await land(token)
    const [[install], [connection]] = await rows()
    expect(outcome).toEqual({ kind: 'waiting', reference: install?.reference })
    expect(install).toMatchObject({
      externalInstallId: id,
      state: 'waiting',
      externalOrgId: '71',
      orgName: 'Northwind',
      apiUrl: 'https://app1c.outreach.io/api/v2',
      learntFrom: 'landing',
      installedAt: new Date('2026-01-02T03:04:05Z'),
    })
    expect(connection).toMatchObject({
      lifecycle: 'pending',
      ownStatus: 'pending',
      pendingReason: 'unrequested_install',
      externalAccountId: '71',
      accountName: 'Northwind',
      grantKind: 's2s',
      pair: { obtainedBy: 'mint', generation: 1 },
    })
  })

  it('becomes a connection at once when a signed-in admin lands', async () => {
    const { token } = installAt('72')
    const outcome = await land(token, at.admin)
    const [[install], [connection]] = await rows()
    expect(outcome).toMatchObject({ kind: 'connected', connectionId: connection?.id })
    expect(install?.state).toBe('accepted')
    expect(connection).toMatchObject({ lifecycle: 'live', ownStatus: 'healthy', connectedBy: at.admin.name })
    const trail = await at.deps.db.auditEvent.findMany({ where: { subjectId: install?.id } })
    expect(trail).toMatchObject([
      { action: 'install.accepted', actorId: at.admin.id, connectionId: connection?.id },
    ])
  })

  it('does not take the landing of a viewer for a request', async () => {
    expect(await land(installAt('73').token, at.viewer)).toMatchObject({ kind: 'waiting' })
  })

  it('answers the one open press, for this install and not for the next', async () => {
    const flowId = await pressConnect(
      at.deps,
      { id: at.appId, provider: 'outreach', grantKind: 's2s' },
      at.admin,
    )
    const seen: LiveEvent[] = []
    const stop = at.deps.events.subscribe((event) => seen.push(event))
    const outcome = await land(installAt('74').token)
    expect(outcome.kind).toBe('connected')
    const connectionId = outcome.kind === 'connected' ? outcome.connectionId : ''
    const flow = await at.deps.db.connectFlow.findUniqueOrThrow({ where: { id: flowId } })
    expect(flow).toMatchObject({ outcome: 'completed', resultId: connectionId })
    for (const event of [
      { topic: 'flow', id: flowId },
      { topic: 'connection', id: connectionId },
    ] as const)
      await expect.poll(() => seen).toContainEqual(event)
    stop()
    expect(await land(installAt('75').token)).toMatchObject({ kind: 'waiting' })
  })

  it('waits when two people wait for an install, and when the press is old', async () => {
    const app = { id: at.appId, provider: 'outreach', grantKind: 's2s' } as const
    const other = await createPerson(at.deps, `ben-${at.appId}`, 'owner')
    await pressConnect(at.deps, app, other)
    await pressConnect(at.deps, app, at.admin)
    expect(await land(installAt('76').token)).toMatchObject({ kind: 'waiting' })
    await at.deps.db.connectFlow.deleteMany({ where: { appId: at.appId } })
    await at.deps.db.install.deleteMany({ where: { appId: at.appId } })
    const old = new Date(at.deps.clock.now().getTime() - 30 * 60_000 - 1)
    await pressConnect(at.deps, app, at.admin, { createdAt: old })
    expect(await land(installAt('77').token)).toMatchObject({ kind: 'waiting' })
  })

  it('serves the only S2S app where the URL names none, and no other', async () => {
    expect(await land(installAt('78').token, null, { slug: null })).toMatchObject({ kind: 'waiting' })
    await createTestApp(
      at.deps,
      { slug: `second-${at.appId}`, provider: 'outreach', grants: ['s2s'], baseUrl: at.outreach.url },
      {},
    )
    const calls = at.outreach.state.calls.length
    expect(await land(installAt('79').token, null, { slug: null })).toMatchObject({
      kind: 'refused',
      code: 'invalid_input',
    })
    expect(at.outreach.state.calls.length).toBe(calls)
  })

  it('continues the connection of a company that installs again under another id', async () => {
    const first = await land(installAt('80', 'Fabrikam').token, at.admin)
    await at.deps.db.install.updateMany({ where: { appId: at.appId }, data: { state: 'uninstalled' } })
    await at.deps.db.connection.updateMany({
      where: { appId: at.appId },
      data: { lifecycle: 'disconnected', endedReason: endedByProvider, endedAt: at.deps.clock.now() },
    })
    const again = await land(installAt('80', 'Fabrikam').token)
    expect(again).toEqual({ ...first, reference: expect.any(String) })
    const [installs, connections] = await rows()
    expect([installs.length, connections.length]).toEqual([2, 1])
    expect(connections[0]).toMatchObject({ lifecycle: 'live', endedAt: null, endedReason: null })
  })

  it('lets a company wait whose connection an admin had ended himself', async () => {
    const first = await land(installAt('81').token, at.admin)
    await at.deps.db.connection.updateMany({
      where: { appId: at.appId },
      data: { lifecycle: 'disconnected', endedReason: 'Disconnected by ann', endedAt: at.deps.clock.now() },
    })
    expect(await land(installAt('81').token)).toMatchObject({ kind: 'waiting' })
    const [, connections] = await rows()
    expect(connections).toMatchObject([
      { id: first.kind === 'connected' ? first.connectionId : '', lifecycle: 'pending' },
    ])
  })
})

describe('a reload', () => {
  it('shows the same outcome and asks Outreach nothing', async () => {
    const { token } = installAt('82')
    const first = await land(token)
    const calls = at.outreach.state.calls.length
    for (let reload = 0; reload < 12; reload += 1) expect(await land(token)).toEqual(first)
    expect(at.outreach.state.calls.length).toBe(calls)
    const trail = await at.deps.db.auditEvent.count({
      where: { action: { startsWith: 'install.' }, actorKind: 'visitor' },
    })
    await land(token)
    expect(
      await at.deps.db.auditEvent.count({
        where: { action: { startsWith: 'install.' }, actorKind: 'visitor' },
      }),
    ).toBe(trail)
  })

  it('at once, five times, validates once, mints once and stores once', async () => {
    const { token } = installAt('83')
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => land(token)))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
    expect([at.outreach.callsOf('setupToken'), at.outreach.callsOf('accessToken')]).toEqual([1, 1])
    const [installs, connections] = await rows()
    expect([installs.length, connections.length]).toEqual([1, 1])
  })

  it('by an admin within the token’s life accepts what landed as a stranger’s', async () => {
    const { token } = installAt('84')
    expect(await land(token)).toMatchObject({ kind: 'waiting' })
    expect(await land(token, at.admin)).toMatchObject({ kind: 'connected' })
    const late = installAt('85').token
    await land(late)
    at.deps.clock.advance(15 * 60_000)
    expect(await land(late, at.admin)).toMatchObject({ kind: 'waiting' })
  })

  it('with another setup token of the same install goes on with the one install', async () => {
    const { id, token } = installAt('86')
    const first = await land(token, at.admin)
    addToken('second-token', id)
    expect(await land('second-token')).toEqual(first)
    expect(at.outreach.callsOf('accessToken')).toBe(1)
  })
})

it('keeps an install whose token cannot be minted just now: it waits, and accepting it asks again', async () => {
  const { token } = installAt('99')
  at.outreach.state.instead.push({ action: 'accessToken', answer: (r) => r.writeHead(503).end('later') })
  expect(await land(token)).toMatchObject({ kind: 'waiting' })
  const [[install], connections] = await rows()
  expect(install).toMatchObject({
    state: 'waiting',
    connectionId: null,
    externalOrgId: '99',
    orgName: 'Org 99',
  })
  expect(connections).toEqual([])
  expect(await land(token, at.admin)).toMatchObject({ kind: 'connected' })
})

it('leaves no setup token and no access token in any row, log line or outcome', async () => {
  const { token } = installAt('100')
  const outcome = JSON.stringify(await land(token))
  const dump = await dumpDatabase(at.deps)
  const log = at.logLines.join('\n')
  const secrets = [token, ...at.outreach.state.issued, ...at.outreach.state.setupTokens.keys()]
  expect(secrets.length).toBeGreaterThan(2)
  for (const secret of secrets) {
    for (const place of [dump, log, outcome]) expect(place.includes(secret)).toBe(false)
  }
  expect(dump.includes(at.outreach.privateKeyPem.split('\n')[1] ?? '')).toBe(false)
})
