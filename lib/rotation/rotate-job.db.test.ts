import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { runDue } from './testing/run-due'

let world: World

beforeEach(async () => {
  world = await makeWorld({})
})
afterEach(() => world.close())

const hour = 3_600_000
const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })

test('a connection is renewed when its time comes, and not before', async () => {
  const id = await connected(world)
  expect(await runDue(world.deps)).toBe(0)
  const planned = (await row(id)).nextAttemptAt
  expect(planned).not.toBeNull()
  if (planned) world.deps.clock.set(planned)
  expect(await runDue(world.deps)).toBe(1)
  expect(await row(id)).toMatchObject({ generation: 2, ownStatus: 'healthy' })
  expect((await row(id)).nextAttemptAt?.getTime()).toBeGreaterThan(world.deps.clock.now().getTime())
  expect(await runDue(world.deps)).toBe(0)
})

test('one that fails keeps no other from its turn', async () => {
  const [first, second] = [await connected(world, ada), await connected(world, grace)]
  await world.deps.db.tokenPair.update({
    where: { connectionId: first },
    data: { refreshTokenSealed: 'pb1.x.AA' },
  })
  world.deps.clock.advance(3 * hour)
  expect(await runDue(world.deps)).toBe(2)
  expect(await row(second)).toMatchObject({ generation: 2 })
})

test('a suspended one is tried and comes back by itself', async () => {
  const id = await connected(world)
  await world.deps.db.connection.update({
    where: { id },
    data: { suspendedAt: world.deps.clock.now(), ownStatus: 'suspended', failureCount: 1 },
  })
  world.deps.clock.advance(6 * hour)
  await runDue(world.deps)
  expect(await row(id)).toMatchObject({ ownStatus: 'healthy', suspendedAt: null })
})

test('what waits, has ended, needs its person, or belongs to a hidden app is left alone', async () => {
  const id = await connected(world)
  world.deps.clock.advance(3 * hour)
  const calls = world.doorkeeper.tokenCalls().length
  for (const lifecycle of ['pending', 'refused', 'disconnected'] as const) {
    await world.deps.db.connection.update({ where: { id }, data: { lifecycle } })
    expect(await runDue(world.deps)).toBe(0)
  }
  await world.deps.db.connection.update({
    where: { id },
    data: { lifecycle: 'live', needsReconnectAt: world.deps.clock.now() },
  })
  await runDue(world.deps)
  await world.deps.db.providerApp.updateMany({ data: { hiddenAt: world.deps.clock.now() } })
  expect(await runDue(world.deps)).toBe(0)
  expect(world.doorkeeper.tokenCalls()).toHaveLength(calls)
})
