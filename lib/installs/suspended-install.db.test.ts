import { expect, it } from 'vitest'
import { addInstall } from './add-install'
import { s2sWorld } from './testing/s2s-world'

const { at, installAt, change, connections } = s2sWorld()

const told = async () =>
  (await at.deps.db.notification.findMany({ orderBy: { at: 'asc' } })).map(({ kind }) => kind)

it('an org that Outreach has locked is told of once, and so is its return', async () => {
  const { id: externalInstallId } = installAt('1')
  const add = async () => {
    at.deps.clock.advance(10 * 60_000)
    return addInstall(at.deps, at.admin, { appId: at.appId, externalInstallId })
  }
  await add()
  change(externalInstallId, 'locked')
  for (const _ of ['first', 'again'])
    await expect(add()).rejects.toMatchObject({ code: 'connection_suspended' })
  expect(await connections()).toMatchObject([{ ownStatus: 'suspended' }])
  expect(await told()).toEqual(['connection.suspended'])
  change(externalInstallId, 'alive')
  await add()
  expect(await connections()).toMatchObject([{ ownStatus: 'healthy' }])
  expect(await told()).toEqual(['connection.suspended', 'connection.recovered'])
})
