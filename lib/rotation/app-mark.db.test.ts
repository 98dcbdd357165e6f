import { afterEach, expect, test } from 'vitest'
import { makeWorld, type World } from '../connections/test-world'
import { rotateConnection } from './rotate-connection'
import { manyGrants } from './testing/many-grants'

let world: World

afterEach(() => world.close())

const minute = 60_000
const due = { cause: 'due' } as const
const told = async () =>
  (await world.deps.db.notification.findMany({ orderBy: { at: 'asc' } })).map(({ kind }) => kind)

test('people are told once that an app’s credentials are refused, whoever finds it, and once that they work again', async () => {
  world = await makeWorld({})
  const ids = await manyGrants(world, {
    count: 6,
    accessLeftMs: -minute,
    nextAttemptAt: world.deps.clock.now(),
  })
  const { secret } = world.doorkeeper.state
  world.doorkeeper.state.secret = 'another'
  const rotateAll = () => Promise.all(ids.map((id) => rotateConnection(world.deps, id, due)))
  await rotateAll()
  expect(await told()).toEqual(['app.broken'])
  const before = world.doorkeeper.tokenCalls().length
  world.deps.clock.advance(3 * minute)
  await rotateAll()
  expect(world.doorkeeper.tokenCalls().length - before).toBe(1)
  expect(await told()).toEqual(['app.broken'])
  expect(await world.deps.db.connection.count({ where: { ownStatus: 'healthy' } })).toBe(6)

  world.doorkeeper.state.secret = secret
  world.deps.clock.advance(3 * minute)
  await rotateAll()
  world.deps.clock.advance(minute)
  await rotateAll()
  expect(await told()).toEqual(['app.broken', 'app.recovered'])
})
