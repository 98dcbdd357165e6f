import { afterEach, describe, expect, test } from 'vitest'
import { disconnectConnection } from '../connections/disconnect-connection'
import { ada, connected, countRows, grace, makeWorld, type World } from '../connections/test-world'
import type { Deps } from '../deps'
import { takeLease } from './lease'
import { rotateConnection } from './rotate-connection'

let world: World

afterEach(() => world.close())

const hour = 3_600_000
const minute = 60_000
const needed = { cause: 'needed' } as const
const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })
const refreshCalls = () => world.doorkeeper.tokenCalls('refresh_token').length

async function due(mode: 'first_use' | 'at_once' = 'first_use'): Promise<string> {
  world = await makeWorld({ mode })
  const id = await connected(world)
  world.deps.clock.advance(3 * hour)
  return id
}

describe('a rotation that ends without a pair of its own', () => {
  test('leaves no lease when another process has stored one in between', async () => {
    const id = await due()
    const batched: Deps['sql']['batched'] = async (statement, item) => {
      if (statement.name === 'open_journals')
        await world.deps.db.connection.update({ where: { id }, data: { generation: { increment: 1 } } })
      return world.deps.sql.batched(statement, item)
    }
    const late = { ...world.deps, rotations: new Map(), sql: { ...world.deps.sql, batched } }
    expect(await rotateConnection(late, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(await countRows(world)).toMatchObject({ leases: 0 })
  })

  test('leaves no lease when its refusal came after a reconnect', async () => {
    const id = await due()
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    world.doorkeeper.state.tokenFaults.push({ kind: 'held', until })
    const late = rotateConnection(world.deps, id, needed)
    await expect.poll(refreshCalls).toBe(1)
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    await connected(world)
    letGo()
    expect(await late).toMatchObject({ kind: 'renewed' })
    expect(await countRows(world)).toMatchObject({ leases: 0 })
  })
})

test('a row that is locked for long holds up nobody else’s rotation', async () => {
  const id = await due()
  const other = await connected(world, grace)
  let letGo = () => {}
  const kept = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const locking = world.deps.db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT id FROM connection WHERE id = ${id} FOR UPDATE`
      const stuck = takeLease(world.deps, id).catch((error: unknown) => error)
      expect(await takeLease(world.deps, other)).not.toBeNull()
      letGo()
      return stuck
    },
    // Longer than the two waits for the row together, and as long as a slow machine needs.
    { timeout: 60_000 },
  )
  await kept
  expect(await locking).toBeInstanceOf(Error)
})

test('tokens that cannot be stored are asked for less and less often', async () => {
  const id = await due()
  await world.deps.db.$executeRawUnsafe(`
    CREATE FUNCTION refuse_to_store() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the disk is full'; END $$`)
  await world.deps.db.$executeRawUnsafe(
    'CREATE TRIGGER refuse_to_store BEFORE INSERT OR UPDATE ON token_pair FOR EACH ROW EXECUTE FUNCTION refuse_to_store()',
  )
  await expect(rotateConnection(world.deps, id, needed)).rejects.toThrow()
  expect(await row(id)).toMatchObject({ failureCount: 1, failureCode: 'not_stored', ownStatus: 'retrying' })
  expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'put_off' })
  expect(refreshCalls()).toBe(1)
})

test('a provider whose API refuses every new token is not asked for one a minute', async () => {
  const id = await due()
  world.doorkeeper.state.apiRefuses = true
  const turns = 90
  for (let turn = 0; turn < turns; turn += 1) {
    await rotateConnection(world.deps, id, { cause: 'due' })
    world.deps.clock.advance(minute + 1_000)
  }
  expect(refreshCalls()).toBeLessThanOrEqual(8)
  world.doorkeeper.state.apiRefuses = false
  world.deps.clock.advance(2 * hour)
  await rotateConnection(world.deps, id, { cause: 'due' })
  expect(await row(id)).toMatchObject({ ownStatus: 'healthy', failureCount: 0 })
})

test('a scope with odd characters costs no grant', async () => {
  const id = await due('at_once')
  world.doorkeeper.state.scope = 'users.read x\u0000y z'
  expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
  expect((await row(id)).grantedScopes).toEqual(['users.read', 'z'])
})

test('two admins who disconnect at once leave no lease', async () => {
  world = await makeWorld({})
  const id = await connected(world, ada)
  const other = { ...world.deps, rotations: new Map() }
  const ends = await Promise.allSettled(
    [world.deps, other].map((deps) => disconnectConnection(deps, world.admin, { connectionId: id })),
  )
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await countRows(world)).toMatchObject({ leases: 0 })
})
