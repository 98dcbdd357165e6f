import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { createCallGate } from './call-gate'
import { rotateJob } from './rotate-job'
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

const minute = 60_000
const gate = () => createCallGate({ callsMax: 1, patienceMs: 20 })
type Job = { key: string; priority: number; in_s: number }
const jobs = () =>
  world.deps.db.$queryRaw<Job[]>`
    SELECT key, priority, round(extract(epoch FROM run_at - updated_at))::int AS in_s FROM graphile_worker.jobs`

/** Due since a second, by the test's clock. */
async function overdue(): Promise<string> {
  const id = await connected(world)
  world.deps.clock.advance(3 * hour)
  await world.deps.db.$executeRaw`DELETE FROM graphile_worker._private_jobs`
  return id
}

test('a job that comes before its time calls nobody and is planned again', async () => {
  const id = await connected(world)
  const calls = world.doorkeeper.tokenCalls().length
  await rotateJob(world.deps, gate(), id)
  expect(world.doorkeeper.tokenCalls()).toHaveLength(calls)
  const [job] = await jobs()
  expect(job).toMatchObject({ key: `rotate:${id}`, priority: 0 })
  expect(job?.in_s).toBeGreaterThan(3_600)
})

test('after a rotation the next one waits in the queue, when the connection says', async () => {
  const id = await overdue()
  await rotateJob(world.deps, gate(), id)
  const inMs = ((await row(id)).nextAttemptAt?.getTime() ?? 0) - world.deps.clock.now().getTime()
  const [job] = await jobs()
  expect(job).toMatchObject({ key: `rotate:${id}`, priority: 0 })
  expect(Math.abs((job?.in_s ?? 0) - inMs / 1_000)).toBeLessThan(10)
})

test('after a failure it waits as well, behind those that are well', async () => {
  const id = await overdue()
  world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 500, body: '' })
  await rotateJob(world.deps, gate(), id)
  expect(await row(id)).toMatchObject({ failureCount: 1 })
  const [job] = await jobs()
  expect(job).toMatchObject({ key: `rotate:${id}`, priority: 10 })
  expect(job?.in_s).toBeGreaterThan(30)
})

test('a rotation without a place at its app comes back later, and has not failed', async () => {
  const id = await overdue()
  const crowded = gate()
  await crowded.enter({ appId: world.appId, failing: false })
  await rotateJob(world.deps, crowded, id)
  expect(await row(id)).toMatchObject({ generation: 1, failureCount: 0 })
  const [job] = await jobs()
  expect(job?.key).toBe(`rotate:${id}`)
  expect(job?.in_s).toBeGreaterThanOrEqual(4)
  expect(job?.in_s).toBeLessThanOrEqual(20)
})

test('what cannot be tried is looked at again a quarter of an hour later', async () => {
  const id = await overdue()
  await world.deps.db.tokenPair.update({
    where: { connectionId: id },
    data: { refreshTokenSealed: 'pb1.x.AA' },
  })
  await rotateJob(world.deps, gate(), id)
  expect((await row(id)).nextAttemptAt).toEqual(new Date(world.deps.clock.now().getTime() + 15 * minute))
  expect(await jobs()).toHaveLength(1)
})
