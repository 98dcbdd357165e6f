import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { UserActor } from '../core/actor'
import { acceptInstall } from './accept-install'
import { addInstall } from './add-install'
import { landSetupToken } from './land-setup-token'
import { refuseInstall } from './refuse-install'
import { createPerson, createTestApp, pressConnect } from './testing/install-bench'
import { type LocalOutreach, startLocalOutreach } from './testing/local-outreach'

let database: TestDatabase
let t: TestDeps
let admin: UserActor
let viewer: UserActor
let outreach: LocalOutreach
let appId: string
let slug: string

beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  admin = await createPerson(t.deps, 'ann', 'admin')
  viewer = await createPerson(t.deps, 'vic', 'viewer')
})
beforeEach(async () => {
  await outreach?.close()
  outreach = await startLocalOutreach()
  slug = `s2s-${randomUUID().slice(0, 8)}`
  appId = await createTestApp(
    t.deps,
    { slug, provider: 'outreach', grants: ['s2s'], baseUrl: outreach.url, s2sGuid: outreach.state.guid },
    { s2sPrivateKey: outreach.privateKeyPem },
  )
})
afterAll(async () => {
  await outreach.close()
  await t.close()
  await database.close()
})

function installAt(orgId: string): string {
  const id = randomUUID()
  outreach.state.installs.set(id, { id, orgId, orgName: `Org ${orgId}`, state: 'alive' })
  return id
}
async function waiting(orgId: string): Promise<{ installId: string; externalId: string }> {
  const externalId = installAt(orgId)
  const token = `setup-${randomUUID()}`
  outreach.state.setupTokens.set(token, {
    installId: externalId,
    appGuid: outreach.state.guid,
    state: 'good',
  })
  await landSetupToken(t.deps, null, { slug, setupToken: token, address: randomUUID() })
  const install = await t.deps.db.install.findFirstOrThrow({
    where: { appId, externalInstallId: externalId },
  })
  return { installId: install.id, externalId }
}
const change = (id: string, state: 'alive' | 'locked' | 'removed') => {
  const install = outreach.state.installs.get(id)
  if (install) install.state = state
}
const installs = () => t.deps.db.install.findMany({ where: { appId } })
const connections = () => t.deps.db.connection.findMany({ where: { appId }, include: { pair: true } })
const actions = async (installId: string) =>
  (await t.deps.db.auditEvent.findMany({ where: { subjectId: installId }, orderBy: { id: 'asc' } })).map(
    (event) => `${event.action} by ${event.actorKind === 'visitor' ? 'a visitor' : event.actorName}`,
  )

describe('accepting an install', () => {
  it('makes its connection live, answers the admin’s own presses, and is on the trail', async () => {
    const { installId } = await waiting('1')
    const flowId = await pressConnect(t.deps, { id: appId, provider: 'outreach', grantKind: 's2s' }, admin)
    t.deps.clock.advance(1000)
    const { connectionId } = await acceptInstall(t.deps, admin, { installId })
    expect(await connections()).toMatchObject([
      { id: connectionId, lifecycle: 'live', ownStatus: 'healthy', pendingReason: null, connectedBy: 'ann' },
    ])
    expect(await t.deps.db.connectFlow.findUnique({ where: { id: flowId } })).toMatchObject({
      resultId: connectionId,
    })
    expect(outreach.callsOf('accessToken')).toBe(1)
    expect(await actions(installId)).toEqual(['install.received by a visitor', 'install.accepted by ann'])
    expect(await acceptInstall(t.deps, admin, { installId })).toEqual({ connectionId })
  })
  it('asks for a new token where the stored one has ended', async () => {
    const { installId } = await waiting('2')
    t.deps.clock.advance(2 * 3_600_000)
    await acceptInstall(t.deps, admin, { installId })
    expect(await connections()).toMatchObject([{ lifecycle: 'live', pair: { generation: 2 } }])
  })

  it('that the provider gives no token for any more fails in words and changes nothing', async () => {
    const { installId, externalId } = await waiting('3')
    t.deps.clock.advance(2 * 3_600_000)
    change(externalId, 'removed')
    await expect(acceptInstall(t.deps, admin, { installId })).rejects.toMatchObject({
      code: 'provider_refused',
    })
    change(externalId, 'locked')
    await expect(acceptInstall(t.deps, admin, { installId })).rejects.toMatchObject({
      code: 'connection_suspended',
    })
    expect(await installs()).toMatchObject([{ state: 'waiting' }])
    expect(await connections()).toMatchObject([{ lifecycle: 'pending' }])
  })

  it('needs an admin, an install that exists, and one that is still there', async () => {
    const { installId } = await waiting('4')
    await expect(acceptInstall(t.deps, viewer, { installId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(acceptInstall(t.deps, admin, { installId: 'ins_none' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await t.deps.db.install.update({ where: { id: installId }, data: { state: 'uninstalled' } })
    await expect(acceptInstall(t.deps, admin, { installId })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('refusing an install', () => {
  it('erases its tokens, keeps it on record, and can be taken back by accepting it', async () => {
    const { installId } = await waiting('5')
    t.deps.clock.advance(1000)
    await refuseInstall(t.deps, admin, { installId })
    expect(await installs()).toMatchObject([{ state: 'refused' }])
    expect(await connections()).toMatchObject([
      {
        lifecycle: 'refused',
        ownStatus: 'disconnected',
        pair: null,
        endedReason: 'Refused by ann',
        accessExpiresAt: null,
      },
    ])
    expect((await actions(installId)).at(-1)).toBe('install.refused by ann')
    const trail = await t.deps.db.auditEvent.count()
    await refuseInstall(t.deps, admin, { installId })
    expect(await t.deps.db.auditEvent.count()).toBe(trail)
    await acceptInstall(t.deps, admin, { installId })
    expect(await connections()).toMatchObject([{ lifecycle: 'live', pair: { generation: 3 } }])
  })

  it('needs an admin and an install that waits', async () => {
    const { installId } = await waiting('6')
    await expect(refuseInstall(t.deps, viewer, { installId })).rejects.toMatchObject({ code: 'forbidden' })
    await acceptInstall(t.deps, admin, { installId })
    await expect(refuseInstall(t.deps, admin, { installId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await connections()).toMatchObject([{ lifecycle: 'live' }])
  })

  it('and accepting at the same moment end in one of the two, whole', async () => {
    const { installId } = await waiting('7')
    await Promise.allSettled([
      refuseInstall(t.deps, admin, { installId }),
      acceptInstall(t.deps, admin, { installId }),
    ])
    const [[install], [connection]] = [await installs(), await connections()]
    const end = [install?.state, connection?.lifecycle, connection?.pair !== null]
    expect([
      ['accepted', 'live', true],
      ['refused', 'refused', false],
    ]).toContainEqual(end)
  })
})

describe('adding an install by its INSTALL_ID', () => {
  it('mints at once and connects', async () => {
    const externalInstallId = installAt('8')
    const { connectionId } = await addInstall(t.deps, admin, {
      appId,
      externalInstallId: ` ${externalInstallId} `,
    })
    expect(await connections()).toMatchObject([
      { id: connectionId, lifecycle: 'live', pair: { generation: 1 } },
    ])
    expect(await installs()).toMatchObject([{ state: 'accepted', learntFrom: 'pasted', externalInstallId }])
  })

  it('stores nothing when Outreach gives no token', async () => {
    await expect(addInstall(t.deps, admin, { appId, externalInstallId: randomUUID() })).rejects.toMatchObject(
      {
        code: 'provider_refused',
      },
    )
    const locked = installAt('9')
    change(locked, 'locked')
    await expect(addInstall(t.deps, admin, { appId, externalInstallId: locked })).rejects.toMatchObject({
      code: 'connection_suspended',
    })
    outreach.state.guid = randomUUID()
    await expect(
      addInstall(t.deps, admin, { appId, externalInstallId: installAt('9') }),
    ).rejects.toMatchObject({
      code: 'app_misconfigured',
    })
    expect([await installs(), await connections()]).toEqual([[], []])
  })

  it('needs an admin, an S2S app and an id that is one', async () => {
    const externalInstallId = installAt('10')
    await expect(addInstall(t.deps, viewer, { appId, externalInstallId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    for (const wrong of ['', '../x', 'a b', 'x'.repeat(200)]) {
      await expect(addInstall(t.deps, admin, { appId, externalInstallId: wrong })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
    const other = await createTestApp(
      t.deps,
      { slug: `oauth-${appId}`, provider: 'outreach', grants: ['oauth_code'], baseUrl: outreach.url },
      {},
    )
    await expect(addInstall(t.deps, admin, { appId: other, externalInstallId })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(outreach.state.calls).toEqual([])
  })
})
