import { afterEach, describe, expect, test } from 'vitest'
import { connected, countRows, makeWorld, type World, writtenText } from '../connections/test-world'
import type { Deps } from '../deps'
import { freshAccessToken } from './fresh-access-token'
import { rotateConnection } from './rotate-connection'

let world: World

afterEach(() => world.close())

const hour = 3_600_000
const needed = { cause: 'needed' } as const

async function start(mode: 'first_use' | 'at_once') {
  world = await makeWorld({ mode })
  const connectionId = await connected(world)
  world.deps.clock.advance(3 * hour)
  return connectionId
}

/** Another process: the same database, nothing shared in memory. */
const otherProcess = (): Deps => ({ ...world.deps, rotations: new Map() })

/** The provider refuses, and refuses again when it is asked once more. */
async function refusedTwice(id: string) {
  expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ outcome: 'unconfirmed' })
  world.deps.clock.advance(145_000)
  return rotateConnection(world.deps, id, needed)
}

const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })
const journal = () =>
  world.deps.db.rotationJournal.findMany({ where: { kind: 'refresh' }, orderBy: { startedAt: 'asc' } })

function held() {
  let letGo = () => {}
  const until = new Promise<void>((resolve) => {
    letGo = resolve
  })
  world.doorkeeper.state.tokenFaults.push({ kind: 'held', until })
  return () => letGo()
}

async function isAlive(connectionId: string): Promise<boolean> {
  const { accessToken } = await freshAccessToken(world.deps, connectionId, { minTtlMs: 0 })
  const pair = world.doorkeeper.pairOf(accessToken.reveal())
  return pair !== undefined && !pair.revoked && pair.expiresAtMs > world.deps.clock.now().getTime()
}

describe.each(['first_use', 'at_once'] as const)('with a provider that revokes %s', (mode) => {
  test('a renewal stores the pair before it is used, uses it once, and lets the old one go', async () => {
    const id = await start(mode)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    const pair = await world.deps.db.tokenPair.findUniqueOrThrow({
      where: { connectionId: id },
      omit: { previousRefreshTokenSealed: false },
    })
    expect(pair).toMatchObject({ generation: 2, obtainedBy: 'refresh', previousRefreshTokenSealed: null })
    expect(pair.firstUsedAt).not.toBeNull()
    expect(await journal()).toMatchObject([{ outcome: 'renewed', cause: 'needed', generation: 1 }])
    expect(await countRows(world)).toMatchObject({ leases: 0 })
    expect(await isAlive(id)).toBe(true)
  })

  test('readers of one process and of others share a single token call', async () => {
    const id = await start(mode)
    const letGo = held()
    const processes = [world.deps, otherProcess(), otherProcess()]
    const reads = processes.flatMap((deps) =>
      Array.from({ length: 8 }, () => freshAccessToken(deps, id, { minTtlMs: 60_000 })),
    )
    await expect.poll(() => world.doorkeeper.tokenCalls('refresh_token').length).toBe(1)
    letGo()
    const tokens = await Promise.all(reads)
    expect(new Set(tokens.map(({ accessToken }) => accessToken.reveal())).size).toBe(1)
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(1)
    expect(await isAlive(id)).toBe(true)
  })

  test('a reader whose process comes late takes the pair that was stored meanwhile', async () => {
    const id = await start(mode)
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const { sql } = world.deps
    let isHeld = () => {}
    const hasRead = new Promise<void>((resolve) => {
      isHeld = resolve
    })
    /** It has read the old token, and its next statement is on its way for long. */
    const late: Deps = {
      ...otherProcess(),
      sql: {
        ...sql,
        batched: async (statement, item) => {
          isHeld()
          await until
          return sql.batched(statement, item)
        },
      },
    }
    const reading = freshAccessToken(late, id, { minTtlMs: 60_000 })
    await hasRead
    const first = await freshAccessToken(world.deps, id, { minTtlMs: 60_000 })
    letGo()
    expect((await reading).accessToken.reveal()).toBe(first.accessToken.reveal())
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(1)
  })

  test('an answer without a refresh token keeps the stored one', async () => {
    const id = await start(mode)
    world.doorkeeper.state.refreshTokens = false
    const before = await world.deps.db.tokenPair.findUniqueOrThrow({ where: { connectionId: id } })
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    const after = await world.deps.db.tokenPair.findUniqueOrThrow({
      where: { connectionId: id },
      omit: { refreshTokenSealed: false },
    })
    expect(after.refreshFingerprint).toBe(before.refreshFingerprint)
    expect(after.refreshTokenSealed).not.toBeNull()
  })

  test('a passing failure backs off and keeps the connection', async () => {
    const id = await start(mode)
    world.doorkeeper.state.tokenFaults.push({
      kind: 'status',
      status: 503,
      body: '<h1>down</h1>',
      type: 'text/html',
    })
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({
      kind: 'failed',
      outcome: 'transient',
    })
    expect(await row(id)).toMatchObject({ ownStatus: 'retrying', failureCount: 1, needsReconnectAt: null })
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ code: 'provider_unreachable' })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(1)
    world.deps.clock.advance(73_000)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy', failureCount: 0, failureCode: null })
  })

  test('a refresh token that is refused twice asks for a reconnect, once and in the trail', async () => {
    const id = await start(mode)
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    expect(await refusedTwice(id)).toMatchObject({ kind: 'failed', outcome: 'terminal' })
    expect(await row(id)).toMatchObject({ ownStatus: 'needs_reconnect', nextAttemptAt: null })
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({
      kind: 'not_possible',
      code: 'needs_reconnect',
    })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(2)
    const told = await world.deps.db.auditEvent.findMany({ where: { action: 'connection.needs_reconnect' } })
    expect(told).toHaveLength(1)
  })

  test('a fault of the app marks the app and kills no connection', async () => {
    const id = await start(mode)
    world.doorkeeper.state.secret = 'another'
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({
      kind: 'failed',
      outcome: 'app_fault',
    })
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy', needsReconnectAt: null, uncertainAt: null })
    const app = await world.deps.db.providerApp.findFirstOrThrow()
    expect(app).toMatchObject({ faultCode: expect.any(String), faultWords: expect.any(String) })
    world.doorkeeper.state.secret = world.doorkeeper.client.secret
    world.deps.clock.advance(73_000)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(await world.deps.db.providerApp.findFirstOrThrow()).toMatchObject({
      faultAt: null,
      faultCode: null,
    })
  })

  test('a pair that was replaced meanwhile is not called dead', async () => {
    const id = await start(mode)
    const letGo = held()
    const late = rotateConnection(world.deps, id, needed)
    await expect.poll(() => world.doorkeeper.tokenCalls('refresh_token').length).toBe(1)
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    await connected(world)
    letGo()
    expect(await late).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy', needsReconnectAt: null, generation: 2 })
    expect(await isAlive(id)).toBe(true)
  })
})

/** A process that dies between the provider's answer and the commit: nothing more is written, its lease is left. */
function dyingDeps(): Deps {
  const deps = otherProcess()
  const gone = () => Promise.reject(new Error('the process is gone'))
  const db = new Proxy(deps.db, {
    get: (target, name, receiver) => (name === '$transaction' ? gone : Reflect.get(target, name, receiver)),
  })
  const batched: Deps['sql']['batched'] = (statement, item) =>
    statement.name === 'commit_pairs' ? gone() : deps.sql.batched(statement, item)
  return { ...deps, db, sql: { ...deps.sql, batched } }
}

async function crash(id: string): Promise<void> {
  await expect(rotateConnection(dyingDeps(), id, needed)).rejects.toThrow('the process is gone')
  await world.deps.db.rotationLease.deleteMany()
  expect(await journal()).toMatchObject([{ outcome: 'open' }])
  expect(await row(id)).toMatchObject({ generation: 1 })
}

describe('a process that dies before the commit', () => {
  test('costs nothing where the old token lives until first use', async () => {
    const id = await start('first_use')
    await crash(id)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy', generation: 2 })
    expect((await journal()).map((each) => each.outcome).sort()).toEqual(['discarded', 'renewed'])
    expect(await isAlive(id)).toBe(true)
  })

  test('leaves an uncertain connection, never a dead one, where the old token died at once', async () => {
    const id = await start('at_once')
    await crash(id)
    expect(await refusedTwice(id)).toMatchObject({ kind: 'failed', outcome: 'uncertain' })
    expect(await row(id)).toMatchObject({ ownStatus: 'uncertain', needsReconnectAt: null })
    expect((await journal()).map((each) => each.outcome)).toEqual(['uncertain', 'uncertain', 'uncertain'])
    await expect(freshAccessToken(world.deps, id, { minTtlMs: 0 })).rejects.toMatchObject({
      code: 'connection_uncertain',
    })
  })
})

describe('an answer that is lost on the way', () => {
  test('is asked for again where the provider allows it', async () => {
    const id = await start('first_use')
    world.doorkeeper.state.tokenFaults.push({ kind: 'lost_answer' })
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({
      kind: 'failed',
      outcome: 'transient',
    })
    expect(await journal()).toMatchObject([{ outcome: 'open', failureCode: expect.any(String) }])
    world.deps.clock.advance(73_000)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(await isAlive(id)).toBe(true)
  })

  test('leaves the connection uncertain where it does not', async () => {
    const id = await start('at_once')
    world.doorkeeper.state.tokenFaults.push({ kind: 'lost_answer' })
    await rotateConnection(world.deps, id, needed)
    world.deps.clock.advance(73_000)
    expect(await refusedTwice(id)).toMatchObject({ kind: 'failed', outcome: 'uncertain' })
    expect(await row(id)).toMatchObject({ ownStatus: 'uncertain' })
  })

  test('is no proof of anything while the provider is down: a later refusal is uncertain still', async () => {
    const id = await start('at_once')
    world.doorkeeper.state.tokenFaults.push(
      { kind: 'lost_answer' },
      { kind: 'status', status: 503, body: '' },
    )
    await rotateConnection(world.deps, id, needed)
    world.deps.clock.advance(73_000)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ outcome: 'transient' })
    world.deps.clock.advance(145_000)
    expect(await refusedTwice(id)).toMatchObject({ outcome: 'uncertain' })
  })
})

describe('the refresh token before the stored one', () => {
  test('rescues a pair that was never used', async () => {
    const id = await start('first_use')
    world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 500, body: '' })
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    const unused = await world.deps.db.tokenPair.findUniqueOrThrow({
      where: { connectionId: id },
      omit: { previousRefreshTokenSealed: false },
    })
    expect(unused.firstUsedAt).toBeNull()
    expect(unused.previousRefreshTokenSealed).not.toBeNull()
    // The server loses the newest pair, as one does that is set back to a backup.
    const newest = world.doorkeeper.pairs.at(-1)
    if (newest) newest.revoked = true
    world.deps.clock.advance(3 * hour)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(await isAlive(id)).toBe(true)
    expect((await journal()).map((each) => each.outcome).sort()).toEqual(['renewed', 'renewed', 'terminal'])
  })
})

describe('the lease', () => {
  test('of a process that died runs out', async () => {
    const id = await start('first_use')
    const long = new Date(Date.now() - 1_000)
    await world.deps.db.rotationLease.create({
      data: { connectionId: id, owner: 'a process that died', generation: 1, until: long },
    })
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
  })

  test('of another process is waited for, and not longer than its call may last', async () => {
    const id = await start('first_use')
    await world.deps.db.rotationLease.create({
      data: { connectionId: id, owner: 'another', generation: 1, until: new Date(Date.now() + 60_000) },
    })
    const result = await rotateConnection(world.deps, id, { cause: 'needed', deadlineMs: 0 })
    expect(result).toEqual({ kind: 'busy' })
    expect(await world.deps.db.rotationLease.findFirstOrThrow()).toMatchObject({ owner: 'another' })
  })
})

test('no token of a rotation is written anywhere in the clear', async () => {
  const id = await start('first_use')
  await rotateConnection(world.deps, id, needed)
  world.deps.clock.advance(3 * hour)
  world.doorkeeper.state.tokenFaults.push({ kind: 'html' }, { kind: 'lost_answer' })
  await rotateConnection(world.deps, id, needed)
  world.deps.clock.advance(73_000)
  await rotateConnection(world.deps, id, needed)
  for (const pair of world.doorkeeper.pairs) pair.revoked = true
  world.deps.clock.advance(hour)
  await rotateConnection(world.deps, id, needed)
  world.deps.clock.advance(145_000)
  await rotateConnection(world.deps, id, needed)
  const failure = await freshAccessToken(world.deps, id, { minTtlMs: 0 }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  const text = `${await writtenText(world)}${String(failure)}${JSON.stringify(failure)}`
  for (const secret of world.doorkeeper.secrets()) expect(text).not.toContain(secret)
})
