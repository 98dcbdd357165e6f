import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connected, makeWorld, type World } from '../connections/test-world'
import { instanceBanners } from './instance-banners'

let world: World
beforeAll(async () => {
  world = await makeWorld({})
  await connected(world, ada)
})
afterAll(() => world.close())

const banners = () => instanceBanners(world.deps, world.admin)
const ago = (seconds: number) => new Date(world.deps.clock.now().getTime() - seconds * 1000)

it('has nothing to say while all is well', async () => {
  expect(await banners()).toEqual({ workersStoppedSince: null, held: null, troubles: [] })
})

it('says since when no worker has shown itself, until one does', async () => {
  const { processBeat } = world.deps.db
  const row = { host: 'h', pid: 1, version: '1', startedAt: ago(900) }
  await processBeat.create({ data: { ...row, id: 'web', roles: ['web'], beatAt: ago(1) } })
  await processBeat.create({ data: { ...row, id: 'worker', roles: ['worker'], beatAt: ago(130) } })
  expect((await banners()).workersStoppedSince).toEqual(ago(130))
  await processBeat.update({ where: { id: 'worker' }, data: { beatAt: ago(2) } })
  expect((await banners()).workersStoppedSince).toBeNull()
})

it('says that the database is a copy, how many connections wait, and who may let it go on', async () => {
  await world.deps.db.instanceIdentity.upsert({
    where: { id: 1 },
    create: {
      systemIdentifier: '1',
      databaseOid: 1,
      appUrl: 'http://a',
      heldAt: ago(60),
      heldReason: 'Why.',
    },
    update: { heldAt: ago(60), heldReason: 'Why.' },
  })
  const held = { since: ago(60), reason: 'Why.', connections: 1 }
  expect((await banners()).held).toEqual({ ...held, mayLetGoOn: true })
  const viewer = await world.makeUser('Eve', 'viewer')
  expect((await instanceBanners(world.deps, viewer)).held).toEqual({ ...held, mayLetGoOn: false })
})

it('names the providers that refuse many, while they do', async () => {
  const trouble = {
    provider: 'outreach',
    beganAt: ago(9),
    retryAt: ago(0),
    refused: 9,
    code: 'c',
    words: 'w',
  } as const
  const baseUrl = 'https://api.outreach.io'
  const { providerTrouble } = world.deps.db
  await providerTrouble.create({ data: { ...trouble, id: 'over', baseUrl, endedAt: ago(1) } })
  await providerTrouble.create({ data: { ...trouble, id: 'lasts', baseUrl, openKey: `outreach ${baseUrl}` } })
  expect((await banners()).troubles).toEqual([
    { id: 'lasts', provider: 'outreach', host: 'api.outreach.io', since: ago(9), refused: 9 },
  ])
})

it('is for people who are signed in', async () => {
  const visitor = { kind: 'visitor', address: '127.0.0.1' } as const
  await expect(instanceBanners(world.deps, visitor)).rejects.toMatchObject({ code: 'forbidden' })
})
