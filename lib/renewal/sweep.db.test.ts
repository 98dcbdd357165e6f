import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, connected, makeWorld, type World } from '../connections/test-world'
import { sweep } from './sweep'

const hour = 3_600_000

let world: World
let connectionId: string
beforeEach(async () => {
  world = await makeWorld({})
  connectionId = await connected(world, ada)
})
afterEach(() => world.close())

const row = () => world.deps.db.connection.findUniqueOrThrow({ where: { id: connectionId } })
const isDue = async () =>
  ((await row()).nextAttemptAt?.getTime() ?? Infinity) < world.deps.clock.now().getTime()
const keys = async () =>
  (await world.deps.db.$queryRaw<{ key: string }[]>`SELECT key FROM graphile_worker.jobs`).map(
    ({ key }) => key,
  )

async function losesAnAnswer(): Promise<void> {
  await world.deps.db.rotationJournal.create({
    data: {
      id: 'lost',
      connectionId,
      kind: 'refresh',
      cause: 'refresh_now',
      generation: 1,
      startedAt: world.deps.clock.now(),
    },
  })
}

test('a call whose process died makes its connection due, once, whatever was planned', async () => {
  await losesAnAnswer()
  const { db } = world.deps
  const lease = { connectionId, owner: 'x', generation: 1 }
  await db.rotationLease.create({ data: { ...lease, until: new Date(Date.now() + hour) } })
  await sweep(world.deps)
  expect(await isDue()).toBe(false)

  await db.rotationLease.update({ where: { connectionId }, data: { until: new Date(Date.now() - 1_000) } })
  await sweep(world.deps)
  expect(await isDue()).toBe(true)
  expect(await keys()).toEqual([`rotate:${connectionId}`])
  expect(await db.rotationJournal.findUniqueOrThrow({ where: { id: 'lost' } })).toMatchObject({
    outcome: 'open',
    failureCode: 'answer_lost',
  })

  const later = new Date(world.deps.clock.now().getTime() + hour)
  await db.connection.update({ where: { id: connectionId }, data: { nextAttemptAt: later } })
  await sweep(world.deps)
  expect(await isDue()).toBe(false)
})

test('a connection that needs its person is not tried for a lost answer', async () => {
  await losesAnAnswer()
  await world.deps.db.connection.update({
    where: { id: connectionId },
    data: { needsReconnectAt: world.deps.clock.now(), nextAttemptAt: null },
  })
  await sweep(world.deps)
  expect(await keys()).toEqual([])
})

test('a pair that nothing renews is looked at when it ends', async () => {
  await world.deps.db.connection.update({ where: { id: connectionId }, data: { nextAttemptAt: null } })
  await sweep(world.deps)
  expect(await keys()).toEqual([])
  world.deps.clock.advance(3 * hour)
  await sweep(world.deps)
  expect(await keys()).toContain(`rotate:${connectionId}`)
})

test('one process at a time sweeps', async () => {
  const { deps } = world
  await deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_try_advisory_xact_lock(7272006)`
    expect(await sweep(deps)).toBe(false)
  })
  expect(await sweep(deps)).toBe(true)
})

test('a step that fails keeps no other from its turn', async () => {
  await world.deps.db.$executeRaw`ALTER TABLE rotation_journal RENAME TO elsewhere`
  world.deps.clock.advance(3 * hour)
  await sweep(world.deps)
  expect(await keys()).toContain(`rotate:${connectionId}`)
  expect(world.logLines.join('\n')).toContain('the sweep could not look for lost calls')
})
