import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeWorld, type World } from '../connections/test-world'
import { recordDelivery } from '../webhooks/delivery'
import { installsPage } from './installs-page'
import { deliveryPage, webhooksPage } from './webhooks-page'

let world: World
beforeAll(async () => {
  world = await makeWorld({})
})
afterAll(() => world.close())

it('shows where an app’s webhooks come to, and that none has come yet', async () => {
  const { endpoints, deliveries } = await webhooksPage(world.deps, world.admin, {})
  expect(deliveries).toEqual([])
  expect(endpoints).toMatchObject([
    { appId: world.appId, url: 'http://localhost:3000/api/webhooks/outstand', lastWebhookAt: null },
  ])
})

it('lists a delivery by provider and state, with its body on its own page', async () => {
  const { id } = await recordDelivery(world.deps, {
    provider: 'outstand',
    appId: world.appId,
    dedupeKey: 'sha256:1',
    eventName: 'user.updated',
    body: { name: 'user.updated', token: 'fingerprint 12ab' },
  })
  const read = (params: Record<string, string>) => webhooksPage(world.deps, world.admin, params)
  expect((await read({ provider: 'outstand', state: 'received' })).deliveries.map((row) => row.id)).toEqual([
    id,
  ])
  expect((await read({ provider: 'envoy' })).deliveries).toEqual([])
  expect((await read({ state: 'failed' })).deliveries).toEqual([])
  expect((await read({})).endpoints[0]?.lastWebhookAt).not.toBeNull()
  const page = await deliveryPage(world.deps, world.admin, id)
  expect(page).toMatchObject({ appName: 'App main', handledAt: null, connectionId: null })
  expect(JSON.parse(page.bodyText)).toEqual({ name: 'user.updated', token: 'fingerprint 12ab' })
  await expect(deliveryPage(world.deps, world.admin, 'whk_none')).rejects.toMatchObject({ code: 'not_found' })
})

it('finds a waiting install by its reference however it is typed, and by its organization', async () => {
  const install = (id: string, state: 'waiting' | 'refused', reference: string, orgName: string) =>
    world.deps.db.install.create({
      data: {
        id,
        provider: 'outstand',
        appId: world.appId,
        externalInstallId: id,
        state,
        reference,
        orgName,
        learntFrom: 'landing',
      },
    })
  await install('ins_1', 'waiting', '7KQ2-XF0M', 'Acme Robotics')
  await install('ins_2', 'waiting', '1111-2222', 'Northwind')
  await install('ins_3', 'refused', '3333-4444', 'Initech')
  const found = async (q: string) =>
    (await installsPage(world.deps, world.admin, { q })).waiting.map((row) => row.id)
  expect(await found('7kq2xf0m')).toEqual(['ins_1'])
  expect(await found('xf0m')).toEqual(['ins_1'])
  expect(await found('acme')).toEqual(['ins_1'])
  expect(await found('nobody')).toEqual([])
  const page = await installsPage(world.deps, world.admin, {})
  expect(page.waitingTotal).toBe(2)
  expect(page.settled.map((row) => row.id)).toEqual(['ins_3'])
})
