import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { Actor, UserActor } from '../core/actor'
import type { LiveEvent } from '../core/live-event'
import { endedByProvider } from './find-connection'
import { landSetupToken } from './land-setup-token'
import { refuseInstall } from './refuse-install'
import { createPerson, createTestApp, dumpDatabase, pressConnect } from './testing/install-bench'
import { type LocalOutreach, startLocalOutreach } from './testing/local-outreach'

let database: TestDatabase
let t: TestDeps
let outreach: LocalOutreach
let admin: UserActor
let viewer: UserActor
let appId: string

beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  admin = await createPerson(t.deps, 'ann', 'admin')
  viewer = await createPerson(t.deps, 'vic', 'viewer')
})
afterAll(async () => {
  await t.close()
  await database.close()
})

let slug: string
beforeEach(async () => {
  await outreach?.close()
  outreach = await startLocalOutreach()
  // An earlier test's app would make the landing URL without a slug ambiguous.
  await t.deps.db.providerApp.updateMany({ data: { hiddenAt: t.deps.clock.now() } })
  slug = `s2s-${randomUUID().slice(0, 8)}`
  appId = await createTestApp(
    t.deps,
    { slug, provider: 'outreach', grants: ['s2s'], baseUrl: outreach.url, s2sGuid: outreach.state.guid },
    { s2sPrivateKey: outreach.privateKeyPem },
  )
  t.deps.clock.advance(61_000)
})
afterAll(() => outreach.close())

function installAt(orgId: string, orgName = `Org ${orgId}`, guid = outreach.state.guid) {
  const id = randomUUID()
  const token = `setup-${randomUUID()}`
  outreach.state.installs.set(id, { id, orgId, orgName, state: 'alive' })
  outreach.state.setupTokens.set(token, { installId: id, appGuid: guid, state: 'good' })
  return { id, token }
}
const land = (
  setupToken: string,
  actor: Actor | null = null,
  more: { slug?: string | null; address?: string } = {},
) => landSetupToken(t.deps, actor, { slug, address: '203.0.113.7', setupToken, ...more })

const rows = () =>
  Promise.all([
    t.deps.db.install.findMany({ where: { appId } }),
    t.deps.db.connection.findMany({ where: { appId }, include: { pair: true } }),
  ])
async function expectNothingStored() {
  expect(await rows()).toEqual([[], []])
}

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
    const outcome = await land(token, admin)
    const [[install], [connection]] = await rows()
    expect(outcome).toMatchObject({ kind: 'connected', connectionId: connection?.id })
    expect(install?.state).toBe('accepted')
    expect(connection).toMatchObject({ lifecycle: 'live', ownStatus: 'healthy', connectedBy: admin.name })
    const trail = await t.deps.db.auditEvent.findMany({ where: { subjectId: install?.id } })
    expect(trail).toMatchObject([
      { action: 'install.accepted', actorId: admin.id, connectionId: connection?.id },
    ])
  })

  it('does not take the landing of a viewer for a request', async () => {
    expect(await land(installAt('73').token, viewer)).toMatchObject({ kind: 'waiting' })
  })

  it('answers the one open press, for this install and not for the next', async () => {
    const flowId = await pressConnect(t.deps, { id: appId, provider: 'outreach', grantKind: 's2s' }, admin)
    const seen: LiveEvent[] = []
    const stop = t.deps.events.subscribe((event) => seen.push(event))
    const outcome = await land(installAt('74').token)
    expect(outcome.kind).toBe('connected')
    const connectionId = outcome.kind === 'connected' ? outcome.connectionId : ''
    const flow = await t.deps.db.connectFlow.findUniqueOrThrow({ where: { id: flowId } })
    expect(flow).toMatchObject({ outcome: 'completed', resultId: connectionId })
    await expect.poll(() => seen).toContainEqual({ topic: 'flow', id: flowId })
    expect(seen).toContainEqual({ topic: 'connection', id: connectionId })
    stop()
    expect(await land(installAt('75').token)).toMatchObject({ kind: 'waiting' })
  })

  it('waits when two people wait for an install, and when the press is old', async () => {
    const app = { id: appId, provider: 'outreach', grantKind: 's2s' } as const
    const other = await createPerson(t.deps, `ben-${appId}`, 'owner')
    await pressConnect(t.deps, app, other)
    await pressConnect(t.deps, app, admin)
    expect(await land(installAt('76').token)).toMatchObject({ kind: 'waiting' })
    await t.deps.db.connectFlow.deleteMany({ where: { appId } })
    await t.deps.db.install.deleteMany({ where: { appId } })
    const old = new Date(t.deps.clock.now().getTime() - 30 * 60_000 - 1)
    await pressConnect(t.deps, app, admin, { createdAt: old })
    expect(await land(installAt('77').token)).toMatchObject({ kind: 'waiting' })
  })

  it('serves the only S2S app where the URL names none, and no other', async () => {
    expect(await land(installAt('78').token, null, { slug: null })).toMatchObject({ kind: 'waiting' })
    await createTestApp(
      t.deps,
      { slug: `second-${appId}`, provider: 'outreach', grants: ['s2s'], baseUrl: outreach.url },
      {},
    )
    const calls = outreach.state.calls.length
    expect(await land(installAt('79').token, null, { slug: null })).toMatchObject({
      kind: 'refused',
      code: 'invalid_input',
    })
    expect(outreach.state.calls.length).toBe(calls)
  })

  it('continues the connection of a company that installs again under another id', async () => {
    const first = await land(installAt('80', 'Fabrikam').token, admin)
    await t.deps.db.install.updateMany({ where: { appId }, data: { state: 'uninstalled' } })
    await t.deps.db.connection.updateMany({
      where: { appId },
      data: { lifecycle: 'disconnected', endedReason: endedByProvider, endedAt: t.deps.clock.now() },
    })
    const again = await land(installAt('80', 'Fabrikam').token)
    expect(again).toEqual({ ...first, reference: expect.any(String) })
    const [installs, connections] = await rows()
    expect([installs.length, connections.length]).toEqual([2, 1])
    expect(connections[0]).toMatchObject({ lifecycle: 'live', endedAt: null, endedReason: null })
  })

  it('lets a company wait whose connection an admin had ended himself', async () => {
    const first = await land(installAt('81').token, admin)
    await t.deps.db.connection.updateMany({
      where: { appId },
      data: { lifecycle: 'disconnected', endedReason: 'Disconnected by ann', endedAt: t.deps.clock.now() },
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
    const calls = outreach.state.calls.length
    for (let reload = 0; reload < 12; reload += 1) expect(await land(token)).toEqual(first)
    expect(outreach.state.calls.length).toBe(calls)
    const trail = await t.deps.db.auditEvent.count({
      where: { action: { startsWith: 'install.' }, actorKind: 'visitor' },
    })
    await land(token)
    expect(
      await t.deps.db.auditEvent.count({
        where: { action: { startsWith: 'install.' }, actorKind: 'visitor' },
      }),
    ).toBe(trail)
  })

  it('at once, five times, validates once, mints once and stores once', async () => {
    const { token } = installAt('83')
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => land(token)))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
    expect([outreach.callsOf('setupToken'), outreach.callsOf('accessToken')]).toEqual([1, 1])
    const [installs, connections] = await rows()
    expect([installs.length, connections.length]).toEqual([1, 1])
  })

  it('by an admin within the token’s life accepts what landed as a stranger’s', async () => {
    const { token } = installAt('84')
    expect(await land(token)).toMatchObject({ kind: 'waiting' })
    expect(await land(token, admin)).toMatchObject({ kind: 'connected' })
    const late = installAt('85').token
    await land(late)
    t.deps.clock.advance(15 * 60_000)
    expect(await land(late, admin)).toMatchObject({ kind: 'waiting' })
  })

  it('with another setup token of the same install goes on with the one install', async () => {
    const { id, token } = installAt('86')
    const first = await land(token, admin)
    outreach.state.setupTokens.set('second-token', {
      installId: id,
      appGuid: outreach.state.guid,
      state: 'good',
    })
    expect(await land('second-token')).toEqual(first)
    expect(outreach.callsOf('accessToken')).toBe(1)
  })
})

describe('a landing that is refused', () => {
  it('is told for a forged and for an expired token, which is asked about once', async () => {
    const { token } = installAt('90')
    outreach.state.setupTokens.set(token, { ...expired(token) })
    for (const wrong of ['forged-token-1', token]) {
      const outcome = await land(wrong)
      expect(outcome).toMatchObject({ kind: 'refused', code: 'setup_token_invalid' })
      expect(await land(wrong)).toEqual(outcome)
    }
    expect(outreach.callsOf('setupToken')).toBe(2)
    await expectNothingStored()
  })
  const expired = (token: string) => {
    const known = outreach.state.setupTokens.get(token)
    if (!known) throw new Error('no such setup token')
    return { ...known, state: 'expired' as const }
  }

  it('is told for the token of another app, here and by Outreach', async () => {
    const { token } = installAt('91', 'Elsewhere', randomUUID())
    expect(await land(token)).toMatchObject({ kind: 'refused', code: 'setup_token_foreign' })
    await expectNothingStored()

    const mine = installAt('92').token
    await land(mine)
    const other = await createTestApp(
      t.deps,
      {
        slug: `other-${appId}`,
        provider: 'outreach',
        grants: ['s2s'],
        baseUrl: outreach.url,
        s2sGuid: randomUUID(),
      },
      { s2sPrivateKey: outreach.privateKeyPem },
    )
    const calls = outreach.state.calls.length
    expect(await land(mine, null, { slug: `other-${appId}` })).toMatchObject({ code: 'setup_token_foreign' })
    expect(outreach.state.calls.length).toBe(calls)
    expect(await t.deps.db.install.count({ where: { appId: other } })).toBe(0)
  })

  it('is told for an unknown app and for what cannot be a setup token, without asking anybody', async () => {
    expect(await land('any-setup-token', null, { slug: 'nowhere' })).toMatchObject({ code: 'not_found' })
    for (const wrong of ['', '..', 'a b', 'x'.repeat(5000), '<script>alert(1)</script>', 'tok\u0000en']) {
      expect(await land(wrong)).toMatchObject({ kind: 'refused', code: 'setup_token_invalid' })
    }
    expect(outreach.state.calls).toEqual([])
    await expectNothingStored()
  })

  it('is told for an app that is still a draft, which is not marked as faulty', async () => {
    const draft = await createTestApp(
      t.deps,
      { slug: `draft-${appId}`, provider: 'outreach', grants: ['s2s'], baseUrl: outreach.url },
      {},
    )
    expect(await land('some-setup-token', null, { slug: `draft-${appId}` })).toMatchObject({
      code: 'provider_app_incomplete',
    })
    expect(await t.deps.db.providerApp.findUnique({ where: { id: draft } })).toMatchObject({ faultAt: null })
  })

  it.each([
    [
      'HTML',
      (r: import('node:http').ServerResponse) =>
        r.writeHead(200, { 'content-type': 'text/html' }).end('<html>hi'),
    ],
    ['nothing', (r: import('node:http').ServerResponse) => r.writeHead(204).end()],
    ['a cut connection', (r: import('node:http').ServerResponse) => r.destroy()],
    ['5 MB', (r: import('node:http').ServerResponse) => r.writeHead(200).end('x'.repeat(5_000_000))],
    ['429', (r: import('node:http').ServerResponse) => r.writeHead(429).end('Retry later\n')],
    ['500', (r: import('node:http').ServerResponse) => r.writeHead(500).end('oops')],
  ])('when Outreach answers %s can be tried again with the same link', async (_, answer) => {
    const { token } = installAt('93')
    outreach.state.instead.push({ action: 'setupToken', answer })
    expect(await land(token)).toMatchObject({ kind: 'refused', code: 'provider_unreachable' })
    await expectNothingStored()
    expect(await t.deps.db.setupTokenUse.count({ where: { appId } })).toBe(0)
    expect(await land(token)).toMatchObject({ kind: 'waiting' })
  })

  it('is told when Outreach’s answer names no install, and stored for good', async () => {
    const { token } = installAt('94')
    outreach.state.instead.push({
      action: 'setupToken',
      answer: (r) =>
        r.writeHead(200).end(JSON.stringify({ data: { type: 'user', id: '1', relationships: {} } })),
    })
    expect(await land(token)).toMatchObject({ code: 'provider_answer_invalid' })
    await expectNothingStored()
  })

  it('marks the app when Outreach refuses its key, and the link works again once it is right', async () => {
    const { token } = installAt('95')
    const { guid } = outreach.state
    outreach.state.guid = randomUUID()
    expect(await land(token)).toMatchObject({ code: 'app_misconfigured' })
    const app = () => t.deps.db.providerApp.findUniqueOrThrow({ where: { id: appId } })
    expect((await app()).faultAt).not.toBeNull()
    outreach.state.guid = guid
    expect(await land(token)).toMatchObject({ kind: 'waiting' })
    expect((await app()).faultAt).toBeNull()
  })

  it('is told when the install gives no token, and nothing is stored', async () => {
    const { id, token } = installAt('96')
    outreach.state.instead.push({
      action: 'accessToken',
      answer: (r) => r.writeHead(404).end('{"errors":[{"id":"gone"}]}'),
    })
    expect(await land(token, admin)).toMatchObject({ code: 'provider_refused' })
    await expectNothingStored()
    expect(outreach.state.installs.has(id)).toBe(true)
  })

  it('is told when the token answer names another org, and nothing is stored', async () => {
    const { token } = installAt('97')
    outreach.state.instead.push({
      action: 'accessToken',
      answer: (r) =>
        r.writeHead(200).end(
          JSON.stringify({
            data: {
              type: 'install',
              id: 'x',
              relationships: { org: { data: { type: 'org', id: 'another' } } },
              meta: { accessToken: 'foreign-access-token' },
            },
          }),
        ),
    })
    expect(await land(token, admin)).toMatchObject({ code: 'provider_answer_invalid' })
    await expectNothingStored()
  })

  it('is told for an install that an admin has refused, until an admin brings it himself', async () => {
    const { id, token } = installAt('98')
    await land(token)
    const [[install]] = await rows()
    await refuseInstall(t.deps, admin, { installId: install?.id ?? '' })
    expect(await land(token)).toMatchObject({ kind: 'refused', code: 'forbidden' })
    outreach.state.setupTokens.set('again-token', {
      installId: id,
      appGuid: outreach.state.guid,
      state: 'good',
    })
    const mints = outreach.callsOf('accessToken')
    expect(await land('again-token')).toMatchObject({ kind: 'refused', code: 'forbidden' })
    expect(outreach.callsOf('accessToken')).toBe(mints)
    outreach.state.setupTokens.set('third-token', {
      installId: id,
      appGuid: outreach.state.guid,
      state: 'good',
    })
    expect(await land('third-token', admin)).toMatchObject({ kind: 'connected' })
  })
})

it('keeps an install whose token cannot be minted just now: it waits, and accepting it asks again', async () => {
  const { token } = installAt('99')
  outreach.state.instead.push({ action: 'accessToken', answer: (r) => r.writeHead(503).end('later') })
  expect(await land(token)).toMatchObject({ kind: 'waiting' })
  const [[install], connections] = await rows()
  expect(install).toMatchObject({
    state: 'waiting',
    connectionId: null,
    externalOrgId: '99',
    orgName: 'Org 99',
  })
  expect(connections).toEqual([])
  expect(await land(token, admin)).toMatchObject({ kind: 'connected' })
})

describe('the throttle', () => {
  it('lets ten tokens a minute and address pass, and starts anew', async () => {
    const from = (address: string) => (n: number) => land(`guess-number-${address}-${n}`, null, { address })
    const mine = from('198.51.100.1')
    for (let n = 0; n < 10; n += 1) expect(await mine(n)).toMatchObject({ code: 'setup_token_invalid' })
    const calls = outreach.state.calls.length
    expect(await mine(10)).toMatchObject({ code: 'too_many_requests', retryAt: expect.any(Date) })
    expect(outreach.state.calls.length).toBe(calls)
    expect(await from('198.51.100.2')(0)).toMatchObject({ code: 'setup_token_invalid' })
    t.deps.clock.advance(60_000)
    expect(await mine(11)).toMatchObject({ code: 'setup_token_invalid' })
  })

  it('lets sixty a minute pass in all', async () => {
    const outcomes: string[] = []
    for (let n = 0; n < 62; n += 1) {
      const outcome = await land(`spread-guess-${n}`, null, { address: `192.0.2.${n}` })
      outcomes.push(outcome.kind === 'refused' ? outcome.code : outcome.kind)
    }
    expect(outcomes.slice(0, 60)).toEqual(Array(60).fill('setup_token_invalid'))
    expect(outcomes.slice(60)).toEqual(['too_many_requests', 'too_many_requests'])
  })
})

it('leaves no setup token and no access token in any row, log line or outcome', async () => {
  const { token } = installAt('100')
  const outcome = JSON.stringify(await land(token))
  const dump = await dumpDatabase(t.deps)
  const log = t.logLines.join('\n')
  const secrets = [token, ...outreach.state.issued, ...outreach.state.setupTokens.keys()]
  expect(secrets.length).toBeGreaterThan(2)
  for (const secret of secrets) {
    for (const place of [dump, log, outcome]) expect(place.includes(secret)).toBe(false)
  }
  expect(dump.includes(outreach.privateKeyPem.split('\n')[1] ?? '')).toBe(false)
})
