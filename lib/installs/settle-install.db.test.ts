import { expect, it } from 'vitest'
import { nothingTold } from './install-facts'
import { type SettleInput, settleInstall } from './settle-install'
import { s2sWorld } from './testing/s2s-world'

const { at, installAt, land, installs, connections } = s2sWorld()

function settle(externalInstallId: string, change: Partial<SettleInput> = {}) {
  const app = { id: at.appId, provider: 'outreach', name: at.slug, scopes: [], grants: ['s2s'] } as const
  const input: SettleInput = {
    app,
    grantKind: 's2s',
    externalInstallId,
    learntFrom: 'webhook',
    told: nothingTold,
    seen: 'accepted',
    obtained: null,
    actor: at.admin,
    admin: at.admin,
    ...change,
  }
  return at.deps.db.$transaction((tx) => settleInstall(tx, at.deps, input))
}

it('settles what is settled without a change', async () => {
  const { id, token } = installAt('1')
  await land(token, at.admin)
  const before = [await connections(), await at.deps.db.auditEvent.count()]
  expect(await settle(id)).toMatchObject({ state: 'accepted', isNews: false })
  const [{ updatedAt: _, ...was }] = before[0] as [Awaited<ReturnType<typeof connections>>[number]]
  expect(await connections()).toMatchObject([was])
  expect(await at.deps.db.auditEvent.count()).toBe(before[1])
})

it('keeps no connection alive whose pair was erased, or whose install was refused, after the caller had looked', async () => {
  const { id, token } = installAt('2')
  await land(token, at.admin)
  await at.deps.db.tokenPair.deleteMany()
  const before = [await installs(), await connections()]
  expect(await settle(id)).toBe('superseded')
  expect(await settle(id, { seen: 'waiting' })).toBe('superseded')
  expect(await settle('unheard-of', { seen: null })).toBe('superseded')
  expect([await installs(), await connections()]).toEqual(before)
})
