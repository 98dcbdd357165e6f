import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeWorld, type World } from '../connections/test-world'
import { mintConnections } from '../renewal/testing/mint-connections'
import { planFirstUses } from './plan-first-uses'
import { planOverdue } from './plan-overdue'

const minute = 60_000
const hour = 60 * minute

let world: World
beforeEach(async () => {
  world = await makeWorld({ grants: ['client_credentials'] })
})
afterEach(() => world.close())

const fromNow = (ms: number) => new Date(world.deps.clock.now().getTime() + ms)
const due = (count = 1, nextAttemptAt: Date | null = fromNow(-minute)) =>
  mintConnections(world.deps, { appId: world.appId, count, nextAttemptAt })
const changeJobs = (change: string) =>
  world.deps.db.$executeRawUnsafe(`UPDATE graphile_worker._private_jobs SET ${change}`)

test('what is overdue without a job is planned, once, however often it is looked for', async () => {
  await due(300)
  await due(1, fromNow(-5_000))
  await due(1, null)
  expect(await planOverdue(world.deps)).toBe(300)
  expect(await planOverdue(world.deps)).toBe(0)
  const [jobs] = await world.deps.db.$queryRaw<{ count: number; soon: boolean }[]>`
    SELECT count(*)::int AS count, max(run_at) - now() < interval '6 seconds' AS soon FROM graphile_worker.jobs`
  expect(jobs).toEqual({ count: 300, soon: true })
})

test('more than a batch is planned in one go', async () => {
  await due(5_000)
  await due(1_000)
  expect(await planOverdue(world.deps)).toBe(6_000)
})

test.each([
  ['is taken by a process that has just begun, is left alone', "locked_at = now(), locked_by = 'x'", 0],
  [
    'was taken long ago by a process that is gone, is planned anew',
    "locked_at = now() - interval '61 seconds', locked_by = 'x'",
    1,
  ],
  ['has used up its tries, is planned anew', 'attempts = max_attempts', 1],
  [
    'is planned for later than the connection is due, is planned for now',
    "run_at = now() + interval '1 hour'",
    1,
  ],
  ['waits its turn, is left alone', "run_at = now() - interval '1 hour'", 0],
])('a connection whose job %s', async (_words, change, planned) => {
  await due()
  await planOverdue(world.deps)
  await changeJobs(change)
  expect(await planOverdue(world.deps)).toBe(planned)
  expect(await planOverdue(world.deps)).toBe(0)
})

test('what is being rotated, has ended, or belongs to a hidden app is not planned', async () => {
  const [leased = '', ended = ''] = await due(2)
  const { db } = world.deps
  await db.rotationLease.create({
    data: { connectionId: leased, owner: 'x', generation: 0, until: new Date(Date.now() + hour) },
  })
  await db.connection.update({ where: { id: ended }, data: { lifecycle: 'disconnected' } })
  expect(await planOverdue(world.deps)).toBe(0)
  await db.rotationLease.deleteMany()
  await db.providerApp.updateMany({ data: { hiddenAt: world.deps.clock.now() } })
  expect(await planOverdue(world.deps)).toBe(0)
})

test('the first use of a pair is planned once, and not for ever', async () => {
  const [connectionId = ''] = await due(1, null)
  const { db, clock } = world.deps
  await db.tokenPair.create({
    data: {
      connectionId,
      generation: 1,
      obtainedBy: 'client_credentials',
      accessTokenSealed: 'x',
      accessFingerprint: 'x',
      obtainedAt: clock.now(),
      accessExpiresAt: fromNow(20 * hour),
    },
  })
  const planned = async () => {
    await planFirstUses(world.deps)
    const jobs = await db.$queryRaw<{ key: string; max_attempts: number }[]>`
      SELECT key, max_attempts FROM graphile_worker.jobs`
    await changeJobs('attempts = max_attempts')
    return jobs
  }
  expect(await planned()).toEqual([])
  clock.advance(2 * minute)
  const once = [{ key: `first-use:${connectionId}:1`, max_attempts: 10 }]
  expect(await planned()).toEqual(once)
  expect(await planned()).toEqual(once)
  await db.$executeRaw`DELETE FROM graphile_worker._private_jobs`
  clock.advance(7 * hour)
  expect(await planned()).toEqual([])
})
