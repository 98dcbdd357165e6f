import { afterEach, describe, expect, test } from 'vitest'
import { connected, makeWorld, type World } from '../connections/test-world'
import { checkAgain } from './check-again'
import { freshAccessToken } from './fresh-access-token'
import { refreshNow } from './refresh-now'
import { rotateConnection } from './rotate-connection'

let world: World

afterEach(() => world.close())

const minute = 60_000
const due = { cause: 'due' } as const
const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })
const told = async () =>
  (await world.deps.db.notification.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
    ({ kind }) => kind,
  )
const inMs = (ms: number) => new Date(world.deps.clock.now().getTime() + ms)

async function refused(ageMs: number): Promise<string> {
  world = await makeWorld({})
  const id = await connected(world)
  world.deps.clock.advance(ageMs)
  for (const pair of world.doorkeeper.pairs) pair.revoked = true
  return id
}

describe('a first refusal that nobody asked for', () => {
  test('is asked about once more before it is believed, and nobody is told until then', async () => {
    const id = await refused(180 * minute)
    const askAgainAt = inMs(2 * minute)
    expect(await rotateConnection(world.deps, id, due)).toMatchObject({
      outcome: 'unconfirmed',
      retryAt: askAgainAt,
    })
    expect(await row(id)).toMatchObject({
      ownStatus: 'retrying',
      verdictAt: askAgainAt,
      nextAttemptAt: askAgainAt,
      failureWords: expect.stringMatching(/^The provider refused the grant. It is asked once more at .* UTC/),
    })
    expect(await told()).toEqual([])
    world.deps.clock.advance(2 * minute)
    expect(await rotateConnection(world.deps, id, due)).toMatchObject({ outcome: 'terminal' })
    expect(await row(id)).toMatchObject({
      ownStatus: 'needs_reconnect',
      verdictAt: null,
      retryingSince: null,
    })
    expect(await told()).toEqual(['connection.needs_reconnect'])
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(2)
  })

  test('is forgotten when the provider takes the grant after all', async () => {
    const id = await refused(180 * minute)
    await rotateConnection(world.deps, id, due)
    for (const pair of world.doorkeeper.pairs) pair.revoked = false
    world.deps.clock.advance(2 * minute)
    expect(await rotateConnection(world.deps, id, due)).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy', verdictAt: null })
    expect(await told()).toEqual([])
  })

  test('lets a reader have the token that still lives, and else tells when to come back', async () => {
    const id = await refused(119 * minute)
    const read = () => freshAccessToken(world.deps, id, { minTtlMs: 10 * minute })
    expect((await read()).expiresAt).toEqual(inMs(minute))
    expect((await read()).expiresAt).toEqual(inMs(minute))
    const retryAt = inMs(2 * minute).toISOString()
    world.deps.clock.advance(61_000)
    await expect(read()).rejects.toMatchObject({ code: 'provider_refused', detail: { retryAt } })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(1)
  })
})

describe('a refusal is believed at once', () => {
  test.each([
    ['Refresh now', refreshNow],
    ['Check again', checkAgain],
  ])('when a person pressed %s', async (_, press) => {
    const id = await refused(180 * minute)
    expect(await press(world.deps, world.admin, { connectionId: id })).toMatchObject({ outcome: 'terminal' })
    expect(await row(id)).toMatchObject({ ownStatus: 'needs_reconnect' })
  })

  test('when the refresh token had ended by the clock', async () => {
    const id = await refused(180 * minute)
    await world.deps.db.tokenPair.update({
      where: { connectionId: id },
      data: { refreshExpiresAt: world.deps.clock.now() },
    })
    expect(await rotateConnection(world.deps, id, due)).toMatchObject({ outcome: 'terminal' })
    expect(await row(id)).toMatchObject({ failureCode: 'refresh_token_expired' })
  })
})

test('people who were told of a connection are told once that it is well again', async () => {
  const id = await refused(180 * minute)
  await refreshNow(world.deps, world.admin, { connectionId: id })
  world.deps.clock.advance(minute)
  for (const pair of world.doorkeeper.pairs) pair.revoked = false
  await checkAgain(world.deps, world.admin, { connectionId: id })
  world.deps.clock.advance(180 * minute)
  await rotateConnection(world.deps, id, due)
  expect(await row(id)).toMatchObject({ ownStatus: 'healthy' })
  expect(await told()).toEqual(['connection.needs_reconnect', 'connection.recovered'])
})

test('a reconnect tells it too', async () => {
  const id = await refused(180 * minute)
  await refreshNow(world.deps, world.admin, { connectionId: id })
  world.deps.clock.advance(minute)
  expect(await connected(world)).toBe(id)
  expect(await told()).toEqual(['connection.needs_reconnect', 'connection.recovered'])
})

test('a failing connection costs its provider thirty calls a day at most', async () => {
  world = await makeWorld({})
  const id = await connected(world)
  world.deps.clock.advance(180 * minute)
  const startedAt = inMs(0)
  for (let calls = 0; calls < 29; calls += 1) {
    await world.deps.db.rotationJournal.create({
      data: {
        id: `rot_${calls}`,
        connectionId: id,
        kind: 'refresh',
        cause: 'due',
        generation: 1,
        outcome: 'transient',
        startedAt,
      },
    })
  }
  world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 503, body: '' })
  const nextDay = inMs(24 * 60 * minute)
  expect(await rotateConnection(world.deps, id, due)).toMatchObject({
    outcome: 'transient',
    retryAt: nextDay,
  })
  world.deps.clock.advance(23 * 60 * minute)
  expect(await rotateConnection(world.deps, id, due)).toMatchObject({
    kind: 'put_off',
    code: 'provider_unreachable',
    retryAt: nextDay,
  })
})
