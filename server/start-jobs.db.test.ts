import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../lib/connections/test-world'
import { mintConnections } from '../lib/renewal/testing/mint-connections'
import { startJobs } from './start-jobs'

const minute = 60_000
/** The machine that runs the tests may be slow; nothing here waits for luck. */
const patient = { timeout: 150_000, interval: 50 }

let world: World
let stops: (() => Promise<void>)[]

beforeEach(async () => {
  stops = []
  world = await makeWorld({ grants: ['client_credentials'] })
})
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()))
  await world.close()
})

async function start() {
  const jobs = await startJobs(world.deps)
  stops.push(jobs.stop)
  return jobs
}

const fromNow = (ms: number) => new Date(world.deps.clock.now().getTime() + ms)
const due = (count: number, more: { appId?: string; failureCount?: number; nextAttemptAt?: Date } = {}) =>
  mintConnections(world.deps, { appId: world.appId, count, nextAttemptAt: fromNow(-minute), ...more })
const renewed = (ids: readonly string[]) =>
  world.deps.db.connection.count({ where: { id: { in: [...ids] }, generation: 1 } })
const jobsOf = (where: string) =>
  world.deps.db.$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE ${where}`,
  )
const countJobs = async (where: string) => (await jobsOf(where))[0]?.count

const countListeners = async () => {
  const [row] = await world.deps.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%jobs:insert%'`
  return row?.count
}

/** A provider that takes calls and answers none of them until it is told to. */
async function hangingProvider() {
  const held: ServerResponse[] = []
  let most = 0
  const server = createServer((request, response) => {
    request.resume()
    held.push(response)
    most = Math.max(most, held.filter((each) => !each.writableEnded).length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held,
    get most() {
      return most
    },
    /** Answers what is held and what comes from now on. */
    answer(status: number, body: object): void {
      const end = (response: ServerResponse) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      }
      for (const response of held.splice(0)) end(response)
      server.removeAllListeners('request')
      server.on('request', (request, response) => {
        request.resume()
        end(response)
      })
    },
  }
}

async function hangingApp(url: string): Promise<string> {
  const appId = await world.makeApp('hanging', ['client_credentials'])
  await world.deps.db.providerApp.update({ where: { id: appId }, data: { baseUrl: url } })
  return appId
}

const tokenAnswer = { access_token: 'a-token', token_type: 'Bearer', expires_in: 7200 }

describe('the worker', () => {
  test('renews what is due and plans its next turn, and leaves alone what is not', async () => {
    const [now, later] = [await due(2), await due(1, { nextAttemptAt: fromNow(30 * minute) })]
    await start()
    await expect.poll(() => renewed(now), patient).toBe(2)
    await expect
      .poll(() => countJobs("key LIKE 'rotate:%' AND run_at > now() + interval '1 hour'"), patient)
      .toBe(2)
    expect(await renewed(later)).toBe(0)
    const row = await world.deps.db.connection.findFirstOrThrow({ where: { id: now[0] } })
    expect(row).toMatchObject({ ownStatus: 'healthy', failureCount: 0 })
    expect(row.nextAttemptAt?.getTime()).toBeGreaterThan(world.deps.clock.now().getTime() + 60 * minute)
  })

  test('renews a thousand that come due together, each once, in two processes', async () => {
    const ids = await due(1_000)
    await Promise.all([start(), start()])
    await expect.poll(() => renewed(ids), patient).toBe(1_000)
    expect(world.doorkeeper.tokenCalls()).toHaveLength(1_000)
  })

  test('takes over what a process that died had locked', async () => {
    const [id = ''] = await due(1)
    await world.deps.jobs.planRotations([
      { connectionId: id, provider: 'outstand', at: world.deps.clock.now(), failing: false },
    ])
    await world.deps.db.$executeRaw`
      UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '2 minutes', locked_by = 'dead', attempts = 1`
    await start()
    await expect.poll(() => renewed([id]), patient).toBe(1)
  })

  test('renews at once where a call was sent whose answer nobody has stored', async () => {
    const [id = ''] = await due(1, { nextAttemptAt: fromNow(60 * minute) })
    await world.deps.db.rotationJournal.create({
      data: {
        id: 'lost',
        connectionId: id,
        kind: 'client_credentials',
        cause: 'needed',
        generation: 0,
        startedAt: fromNow(-minute),
      },
    })
    await start()
    await expect.poll(() => renewed([id]), patient).toBe(1)
    const entry = await world.deps.db.rotationJournal.findUniqueOrThrow({ where: { id: 'lost' } })
    expect(entry.outcome).toBe('discarded')
  })

  test('uses a pair that was stored and never used', async () => {
    const ids = await due(1)
    world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 500, body: '' })
    await start()
    await expect.poll(() => renewed(ids), patient).toBe(1)
    const pair = () => world.deps.db.tokenPair.findFirstOrThrow()
    expect((await pair()).firstUsedAt).toBeNull()
    world.deps.clock.advance(2 * minute)
    await start()
    await expect.poll(async () => (await pair()).firstUsedAt, patient).not.toBeNull()
  })
})

test('a worker whose connections to the database are all cut goes on by itself', async () => {
  const [connectionId = ''] = await due(1, { nextAttemptAt: fromNow(30 * minute) })
  await start()
  await expect.poll(() => countListeners(), patient).toBe(4)
  await world.deps.db.$queryRaw`
    SELECT pg_terminate_backend(pid, 10000)::text FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`
  const { connection } = world.deps.db
  await expect
    .poll(() => connection.updateMany({ data: { nextAttemptAt: fromNow(-minute) } }), patient)
    .toEqual({ count: 1 })
  await world.deps.jobs.planRotations([
    { connectionId, provider: 'outstand', at: world.deps.clock.now(), failing: false },
  ])
  await expect.poll(() => renewed([connectionId]), patient).toBe(1)
  await expect.poll(() => countListeners(), patient).toBe(4)
})

describe('no rotation keeps others from theirs', () => {
  test('an app that hangs neither another app of its provider, nor takes more than its places', async () => {
    const hanging = await hangingProvider()
    const stuck = await due(300, {
      appId: await hangingApp(hanging.url),
      nextAttemptAt: fromNow(-10 * minute),
    })
    const well = await due(100)
    await start()
    await expect.poll(() => renewed(well), patient).toBe(100)
    await expect.poll(() => hanging.held.length, patient).toBe(50)
    expect(await renewed(stuck)).toBe(0)
    expect(hanging.most).toBe(50)
    const failing = await world.deps.db.connection.count({ where: { failureCount: { gt: 0 } } })
    expect(failing).toBe(0)
  })

  test('failing connections, though more and overdue for longer, neither those of their app that are well', async () => {
    const hanging = await hangingProvider()
    const appId = await hangingApp(hanging.url)
    const failing = await due(300, { appId, failureCount: 3, nextAttemptAt: fromNow(-10 * minute) })
    const well = await due(25, { appId })
    await start()
    await expect.poll(() => hanging.held.length, patient).toBe(50)
    const calls = (ids: readonly string[]) =>
      world.deps.db.rotationJournal.count({ where: { outcome: 'open', connectionId: { in: [...ids] } } })
    expect([await calls(well), await calls(failing)]).toEqual([25, 25])
    hanging.answer(200, tokenAnswer)
    await expect.poll(() => renewed(well), patient).toBe(25)
  })
})

test('a stop gives back what has not begun, and waits for what has', async () => {
  const hanging = await hangingProvider()
  const ids = await due(120, { appId: await hangingApp(hanging.url) })
  const jobs = await start()
  await expect.poll(() => hanging.held.length, patient).toBe(50)
  let isOver = false
  const stopped = jobs.stop().then(() => {
    isOver = true
  })
  await expect.poll(() => countJobs('locked_at IS NOT NULL'), patient).toBe(50)
  expect(await countJobs("locked_at IS NULL AND run_at < now() + interval '25 seconds'")).toBe(70)
  expect(isOver).toBe(false)
  hanging.answer(200, tokenAnswer)
  await stopped
  expect(await renewed(ids)).toBe(50)
  expect(await countJobs('locked_at IS NOT NULL')).toBe(0)
})
