import { afterEach, describe, expect, test } from 'vitest'
import { connected, makeWorld, type World } from '../connections/test-world'
import type { Deps } from '../deps'
import { freshAccessToken, tokenInsteadOf } from './fresh-access-token'
import { openJournal } from './journal'
import { releaseLease, takeLease } from './lease'
import { rotateConnection } from './rotate-connection'
import { waitForRotation } from './wait-for-rotation'

let world: World

afterEach(() => world.close())

const hour = 3_600_000
const needed = { cause: 'needed' } as const

async function due(): Promise<string> {
  world = await makeWorld({ mode: 'at_once' })
  const id = await connected(world)
  world.deps.clock.advance(3 * hour)
  return id
}

/** Another process whose gathered statements can be interrupted just before they are sent. */
function otherProcess(before: (statement: string) => Promise<void>): Deps {
  const batched: Deps['sql']['batched'] = async (statement, item) => {
    await before(statement.name)
    return world.deps.sql.batched(statement, item)
  }
  return { ...world.deps, rotations: new Map(), sql: { ...world.deps.sql, batched } }
}

describe('a rotation whose state is older than its lease', () => {
  test('spends nothing when another pair was stored in between', async () => {
    const id = await due()
    let overtaken = false
    const late = otherProcess(async (statement) => {
      if (statement !== 'open_journals' || overtaken) return
      overtaken = true
      await world.deps.db.rotationLease.deleteMany()
      await rotateConnection(world.deps, id, needed)
    })
    expect(await rotateConnection(late, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(1)
  })

  test('sends nothing under a lease that somebody else has taken over', async () => {
    const id = await due()
    const late = otherProcess(async (statement) => {
      if (statement === 'open_journals')
        await world.deps.db.rotationLease.updateMany({ data: { owner: 'other' } })
    })
    expect(await rotateConnection(late, id, needed)).toEqual({ kind: 'busy' })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(0)
    expect(await world.deps.db.rotationLease.findFirst()).toMatchObject({ owner: 'other' })
  })

  test('sends nothing when it was stopped for a minute after its journal row', async () => {
    const id = await due()
    let stopped = false
    const paused: Deps = otherProcess(async (statement) => {
      if (statement !== 'extend_leases' || stopped) return
      stopped = true
      // While it stood still its lease ran out, and another process rotated.
      await world.deps.db.rotationLease.deleteMany()
      await rotateConnection({ ...world.deps, rotations: new Map() }, id, needed)
    })
    const journalled: Deps['sql']['batched'] = async (statement, item) => {
      const rows = await paused.sql.batched<{ n: number }>(statement, item)
      if (statement.name === 'open_journals') world.deps.clock.advance(61_000)
      return rows as never[]
    }
    const asleep = { ...paused, sql: { ...paused.sql, batched: journalled } }
    expect(await rotateConnection(asleep, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(1)
    expect(await world.deps.db.rotationJournal.findMany({ where: { outcome: 'open' } })).toHaveLength(0)
  })
})

describe('the lease', () => {
  test('is one at a time, and released by its owner alone', async () => {
    const id = await due()
    const lease = await takeLease(world.deps, id)
    expect(lease).not.toBeNull()
    expect(await takeLease(world.deps, id)).toBeNull()
    await releaseLease(world.deps, {
      connectionId: id,
      owner: 'somebody else',
      takenAt: world.deps.clock.now(),
    })
    expect(await takeLease(world.deps, id)).toBeNull()
    if (lease) await releaseLease(world.deps, lease)
    expect(await takeLease(world.deps, id)).not.toBeNull()
  })

  test('is taken by one of many that come at once', async () => {
    const id = await due()
    const processes = Array.from({ length: 6 }, () => otherProcess(async () => {}))
    const leases = await Promise.all(processes.map((deps) => takeLease(deps, id)))
    expect(leases.filter(Boolean)).toHaveLength(1)
  })

  test('of nobody opens no journal row', async () => {
    const id = await due()
    const lease = { connectionId: id, owner: 'nobody', takenAt: world.deps.clock.now() }
    const entry = {
      connectionId: id,
      kind: 'refresh',
      cause: 'due',
      generation: 1,
      refreshFingerprint: null,
    } as const
    expect(await openJournal(world.deps, lease, entry)).toBeNull()
  })
})

/** Whatever was told before this has been heard: PostgreSQL delivers in the order of the commits. */
async function newsHasCome(): Promise<void> {
  await Promise.all([...world.deps.rotations.values()].map(({ settled }) => settled))
  const heard = new Promise<void>((resolve) => {
    const end = world.deps.events.subscribe(({ id }) => {
      if (id !== 'con_another') return
      end()
      resolve()
    })
  })
  await world.deps.events.publish({ topic: 'connection', id: 'con_another' })
  await heard
}

describe('who waits for a rotation', () => {
  test('is woken by its news and does not poll', async () => {
    const id = await due()
    await takeLease(world.deps, id)
    // News of the connect itself may still be on its way; it would be a look of its own.
    await newsHasCome()
    let looks = 0
    const run: Deps['sql']['run'] = (statement, values) => {
      if (statement.name === 'rotation_progress') looks += 1
      return world.deps.sql.run(statement, values)
    }
    const deps = { ...world.deps, sql: { ...world.deps.sql, run } }
    const beganMs = performance.now()
    const wait = waitForRotation(deps, id, 1, 30_000)
    await expect.poll(() => looks).toBe(1)
    await newsHasCome()
    // In case news is lost it looks again by itself every five seconds, which a slow machine may reach.
    const byItself = () => Math.floor((performance.now() - beganMs) / 5_000)
    expect(looks).toBeLessThanOrEqual(1 + byItself())
    await world.deps.db.connection.update({ where: { id }, data: { generation: 2 } })
    await world.deps.events.publish({ topic: 'connection', id })
    expect(await wait).toEqual({ kind: 'superseded' })
    expect(looks).toBeLessThanOrEqual(2 + byItself())
  })

  test('goes on when the lease runs out, and gives up at the end of its own wait', async () => {
    const id = await due()
    await takeLease(world.deps, id)
    expect(await waitForRotation(world.deps, id, 1, 50)).toEqual({ kind: 'busy' })
    await world.deps.db
      .$executeRaw`UPDATE rotation_lease SET until = clock_timestamp() + interval '0.2 second'`
    expect(await waitForRotation(world.deps, id, 1, 20_000)).toMatchObject({ kind: 'free' })
  })

  /** A process whose new tokens have been tried only when it is let go. */
  function slowToTry() {
    let letGo = () => {}
    const tried = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const slow = otherProcess((statement) => (statement === 'mark_pairs_used' ? tried : Promise.resolve()))
    return { slow, letGo }
  }

  test('has the token when it is committed, not when it has been tried', async () => {
    const id = await due()
    const { slow, letGo } = slowToTry()
    const token = await freshAccessToken(slow, id, { minTtlMs: 60_000 })
    expect(world.doorkeeper.pairOf(token.accessToken.reveal())).toMatchObject({ revoked: false })
    expect(await world.deps.db.tokenPair.findFirst()).toMatchObject({ firstUsedAt: null })
    letGo()
    await Promise.all([...slow.rotations.values()].map(({ settled }) => settled))
    expect((await world.deps.db.tokenPair.findFirstOrThrow()).firstUsedAt).not.toBeNull()
  })

  test('whose pair is refused while it is tried gets another, and no old pair is renewed for that', async () => {
    const id = await due()
    const { slow, letGo } = slowToTry()
    const options = { minTtlMs: 60_000, deadlineMs: 45_000 }
    const token = await freshAccessToken(slow, id, options)
    const old = await tokenInsteadOf(slow, id, { generation: token.generation - 1 }, options)
    expect(old?.generation).toBe(token.generation)
    const others = [1, 2].map(() => tokenInsteadOf(slow, id, token, options))
    letGo()
    for (const other of await Promise.all(others)) expect(other?.generation).toBe(token.generation + 1)
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(2)
  })
})
