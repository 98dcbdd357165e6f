import { afterEach, expect, test } from 'vitest'
import { connected, makeWorld, type World } from '../connections/test-world'
import { createRateProbe } from './rate-probe'

const minuteMs = 60_000

let world: World
afterEach(() => world.close())

const apiCalls = () => world.doorkeeper.calls.filter(({ path }) => path !== '/oauth/token').length
async function toldAt(): Promise<Date | undefined> {
  await world.deps.permits.flush()
  return (await world.deps.db.rateWindow.findFirst())?.asOf
}

test('a user of whom no call has told for fifteen minutes is asked for, once', async () => {
  world = await makeWorld({ provider: 'outreach' })
  await connected(world)
  const probe = createRateProbe(world.deps)
  await toldAt()
  world.deps.clock.advance(14 * minuteMs)
  const before = apiCalls()
  await probe()
  expect(apiCalls()).toBe(before)
  world.deps.clock.advance(2 * minuteMs)
  await probe()
  expect(apiCalls()).toBe(before + 1)
  expect(await toldAt()).toEqual(world.deps.clock.now())
  await probe()
  expect(apiCalls()).toBe(before + 1)
})

test('nobody is asked for whose token is not in order, or whom the provider has silenced', async () => {
  world = await makeWorld({ provider: 'outreach' })
  const id = await connected(world)
  const probe = createRateProbe(world.deps)
  await toldAt()
  world.deps.clock.advance(16 * minuteMs)
  const before = apiCalls()
  const { connection, rateWindow } = world.deps.db
  await connection.update({ where: { id }, data: { ownStatus: 'needs_reconnect' } })
  await probe()
  await connection.update({ where: { id }, data: { ownStatus: 'healthy' } })
  await rateWindow.updateMany({
    data: { blockedUntil: new Date(world.deps.clock.now().getTime() + minuteMs) },
  })
  await probe()
  expect(apiCalls()).toBe(before)
})

test('RATE_PROBE=off asks for nobody', async () => {
  world = await makeWorld({ provider: 'outreach', env: { RATE_PROBE: 'off' } })
  await connected(world)
  await toldAt()
  world.deps.clock.advance(60 * minuteMs)
  const before = apiCalls()
  await createRateProbe(world.deps)()
  expect(apiCalls()).toBe(before)
})
