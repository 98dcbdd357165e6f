import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { storedFigures } from './stored-figures'

let world: World
let first: string
let second: string
beforeAll(async () => {
  world = await makeWorld({})
  first = await connected(world, ada)
  second = await connected(world, grace)
})
afterAll(() => world.close())

const figures = () => storedFigures(world.deps)
const ago = (seconds: number) => new Date(world.deps.clock.now().getTime() - seconds * 1000)
const change = (id: string, data: object) =>
  world.deps.db.connection.update({ where: { id }, data, select: { id: true } })

it('counts connections as their pages show them, under the mark of a refused app too', async () => {
  expect((await figures()).connections).toEqual([{ provider: 'outstand', status: 'healthy', count: 2 }])
  await change(second, { suspendedAt: ago(5), ownStatus: 'suspended' })
  const app = { where: { id: world.appId }, select: { id: true } }
  await world.deps.db.providerApp.update({ ...app, data: { faultAt: ago(1) } })
  expect((await figures()).connections.sort((a, b) => a.status.localeCompare(b.status))).toEqual([
    { provider: 'outstand', status: 'app_misconfigured', count: 1 },
    { provider: 'outstand', status: 'suspended', count: 1 },
  ])
  await world.deps.db.providerApp.update({ ...app, data: { faultAt: null } })
  await change(second, { suspendedAt: null, ownStatus: 'healthy' })
})

it('tells how long the one that waits longest is overdue, of those that a worker would renew', async () => {
  expect((await figures()).oldestOverdueS).toBe(0)
  await change(first, { nextAttemptAt: ago(90) })
  await change(second, { nextAttemptAt: ago(900), needsReconnectAt: ago(800) })
  expect((await figures()).oldestOverdueS).toBe(90)
})

it('counts open calls, living workers, troubles, and says when rotations are held', async () => {
  const { db } = world.deps
  await db.rotationJournal.create({
    data: {
      id: 'rot_open',
      connectionId: first,
      kind: 'refresh',
      cause: 'due',
      generation: 1,
      startedAt: ago(9),
    },
  })
  const beat = (id: string, roles: string[], seconds: number) =>
    db.processBeat.create({
      data: { id, host: 'h', pid: 1, roles, version: '1', startedAt: ago(9_000), beatAt: ago(seconds) },
    })
  await Promise.all([beat('a', ['worker'], 10), beat('b', ['worker'], 60), beat('c', ['web'], 1)])
  const trouble = {
    provider: 'outreach',
    beganAt: ago(9),
    retryAt: ago(0),
    refused: 9,
    code: 'c',
    words: 'w',
  } as const
  await db.providerTrouble.create({
    data: { ...trouble, id: 't1', baseUrl: 'https://a', openKey: 'outreach a' },
  })
  await db.providerTrouble.create({ data: { ...trouble, id: 't2', baseUrl: 'https://a', endedAt: ago(1) } })
  expect(await figures()).toMatchObject({
    openRotations: 1,
    workersAlive: 1,
    held: false,
    troubles: [{ provider: 'outreach', count: 1 }],
  })
  await db.instanceIdentity.upsert({
    where: { id: 1 },
    create: { systemIdentifier: '1', databaseOid: 1, appUrl: 'http://localhost', heldAt: ago(1) },
    update: { heldAt: ago(1) },
  })
  expect((await figures()).held).toBe(true)
})

it('knows no job before a worker has ever started, instead of failing', async () => {
  await world.deps.db.$executeRawUnsafe('DROP SCHEMA IF EXISTS graphile_worker CASCADE')
  expect((await figures()).jobs).toEqual([])
})
