import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { acceptInstall } from './accept-install'
import { addInstall } from './add-install'
import { refuseInstall } from './refuse-install'
import { createTestApp, pressConnect } from './testing/install-bench'
import { s2sWorld } from './testing/s2s-world'

const { at, installAt, change, land, installs, connections } = s2sWorld()

async function waiting(orgId: string): Promise<{ installId: string; externalId: string }> {
  const { id: externalId, token } = installAt(orgId)
  await land(token)
  const [install] = await installs()
  return { installId: install?.id ?? '', externalId }
}
const actions = async (installId: string) =>
  (await at.deps.db.auditEvent.findMany({ where: { subjectId: installId }, orderBy: { id: 'asc' } })).map(
    (event) => `${event.action} by ${event.actorKind === 'visitor' ? 'a visitor' : event.actorName}`,
  )

describe('accepting an install', () => {
  it('makes its connection live, answers the admin’s own presses, and is on the trail', async () => {
    const { installId } = await waiting('1')
    const flowId = await pressConnect(
      at.deps,
      { id: at.appId, provider: 'outreach', grantKind: 's2s' },
      at.admin,
    )
    at.deps.clock.advance(1000)
    const { connectionId } = await acceptInstall(at.deps, at.admin, { installId })
    expect(await connections()).toMatchObject([
      { id: connectionId, lifecycle: 'live', ownStatus: 'healthy', pendingReason: null, connectedBy: 'ann' },
    ])
    expect(await at.deps.db.connectFlow.findUnique({ where: { id: flowId } })).toMatchObject({
      resultId: connectionId,
    })
    expect(at.outreach.callsOf('accessToken')).toBe(1)
    expect(await actions(installId)).toEqual(['install.received by a visitor', 'install.accepted by ann'])
    expect(await acceptInstall(at.deps, at.admin, { installId })).toEqual({ connectionId })
  })
  it('asks for a new token where the stored one has ended', async () => {
    const { installId } = await waiting('2')
    at.deps.clock.advance(2 * 3_600_000)
    await acceptInstall(at.deps, at.admin, { installId })
    expect(await connections()).toMatchObject([{ lifecycle: 'live', pair: { generation: 2 } }])
  })

  it('in a copy of a database goes on with the stored token, which belongs to the original', async () => {
    const { installId } = await waiting('copied')
    at.deps.clock.advance(2 * 3_600_000)
    const held = {
      systemIdentifier: '1',
      databaseOid: 1,
      appUrl: 'https://a.example',
      heldAt: at.deps.clock.now(),
    }
    await at.deps.db.instanceIdentity.create({ data: held })
    try {
      await acceptInstall(at.deps, at.admin, { installId })
    } finally {
      await at.deps.db.instanceIdentity.deleteMany()
    }
    expect(await connections()).toMatchObject([{ lifecycle: 'live', pair: { generation: 1 } }])
    expect(at.outreach.callsOf('accessToken')).toBe(1)
  })

  it('that the provider gives no token for any more fails in words and changes nothing', async () => {
    const { installId, externalId } = await waiting('3')
    at.deps.clock.advance(2 * 3_600_000)
    change(externalId, 'removed')
    await expect(acceptInstall(at.deps, at.admin, { installId })).rejects.toMatchObject({
      code: 'provider_refused',
    })
    change(externalId, 'locked')
    await expect(acceptInstall(at.deps, at.admin, { installId })).rejects.toMatchObject({
      code: 'connection_suspended',
    })
    expect(await installs()).toMatchObject([{ state: 'waiting' }])
    expect(await connections()).toMatchObject([{ lifecycle: 'pending' }])
  })

  it('needs an admin, an install that exists, and one that is still there', async () => {
    const { installId } = await waiting('4')
    await expect(acceptInstall(at.deps, at.viewer, { installId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(acceptInstall(at.deps, at.admin, { installId: 'ins_none' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await at.deps.db.install.update({ where: { id: installId }, data: { state: 'uninstalled' } })
    await expect(acceptInstall(at.deps, at.admin, { installId })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('refusing an install', () => {
  it('erases its tokens, keeps it on record, and can be taken back by accepting it', async () => {
    const { installId } = await waiting('5')
    at.deps.clock.advance(1000)
    await refuseInstall(at.deps, at.admin, { installId })
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
    const trail = await at.deps.db.auditEvent.count()
    await refuseInstall(at.deps, at.admin, { installId })
    expect(await at.deps.db.auditEvent.count()).toBe(trail)
    await acceptInstall(at.deps, at.admin, { installId })
    expect(await connections()).toMatchObject([{ lifecycle: 'live', pair: { generation: 3 } }])
  })

  it('needs an admin and an install that waits', async () => {
    const { installId } = await waiting('6')
    await expect(refuseInstall(at.deps, at.viewer, { installId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await acceptInstall(at.deps, at.admin, { installId })
    await expect(refuseInstall(at.deps, at.admin, { installId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await connections()).toMatchObject([{ lifecycle: 'live' }])
  })

  it('and accepting at the same moment end in one of the two, whole', async () => {
    const { installId } = await waiting('7')
    await Promise.allSettled([
      refuseInstall(at.deps, at.admin, { installId }),
      acceptInstall(at.deps, at.admin, { installId }),
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
    const externalInstallId = installAt('8').id
    const { connectionId } = await addInstall(at.deps, at.admin, {
      appId: at.appId,
      externalInstallId: ` ${externalInstallId} `,
    })
    expect(await connections()).toMatchObject([
      { id: connectionId, lifecycle: 'live', pair: { generation: 1 } },
    ])
    expect(await installs()).toMatchObject([{ state: 'accepted', learntFrom: 'pasted', externalInstallId }])
  })

  it('stores nothing when Outreach gives no token', async () => {
    await expect(
      addInstall(at.deps, at.admin, { appId: at.appId, externalInstallId: randomUUID() }),
    ).rejects.toMatchObject({
      code: 'provider_refused',
    })
    const locked = installAt('9').id
    change(locked, 'locked')
    await expect(
      addInstall(at.deps, at.admin, { appId: at.appId, externalInstallId: locked }),
    ).rejects.toMatchObject({
      code: 'connection_suspended',
    })
    at.outreach.state.guid = randomUUID()
    await expect(
      addInstall(at.deps, at.admin, { appId: at.appId, externalInstallId: installAt('9').id }),
    ).rejects.toMatchObject({
      code: 'app_misconfigured',
    })
    expect([await installs(), await connections()]).toEqual([[], []])
  })

  it('needs an admin, an S2S app and an id that is one', async () => {
    const externalInstallId = installAt('10').id
    await expect(
      addInstall(at.deps, at.viewer, { appId: at.appId, externalInstallId }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
    for (const wrong of ['', '../x', 'a b', 'x'.repeat(200)]) {
      await expect(
        addInstall(at.deps, at.admin, { appId: at.appId, externalInstallId: wrong }),
      ).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
    const other = await createTestApp(
      at.deps,
      { slug: `oauth-${at.appId}`, provider: 'outreach', grants: ['oauth_code'], baseUrl: at.outreach.url },
      {},
    )
    await expect(addInstall(at.deps, at.admin, { appId: other, externalInstallId })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(at.outreach.state.calls).toEqual([])
  })
})
