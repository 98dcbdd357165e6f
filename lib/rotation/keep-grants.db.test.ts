import { afterEach, describe, expect, test } from 'vitest'
import { disconnectConnection } from '../connections/disconnect-connection'
import { claimFlow, completeFlow, refuseFlow } from '../connections/end-flow'
import { ada, connect, connected, grace, makeWorld, press, type World } from '../connections/test-world'
import { runDue } from '../renewal/testing/run-due'
import { checkAgain } from './check-again'
import { releaseLease, takeLease } from './lease'
import { rotateConnection } from './rotate-connection'

let world: World

afterEach(() => world.close())

const hour = 3_600_000
const minute = 60_000
const needed = { cause: 'needed' } as const
const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })
const pairOf = (id: string) =>
  world.deps.db.tokenPair.findUniqueOrThrow({
    where: { connectionId: id },
    omit: { previousRefreshTokenSealed: false, refreshTokenSealed: false },
  })

/** The database refuses to store a pair this often, as one that is being restarted does. */
async function refuseToStore(times: number): Promise<void> {
  await world.deps.db.$executeRawUnsafe('CREATE SEQUENCE attempts')
  await world.deps.db.$executeRawUnsafe(`
    CREATE FUNCTION refuse_to_store() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('attempts') <= ${times} THEN RAISE EXCEPTION 'the database is shutting down'; END IF;
      RETURN NEW;
    END $$`)
  await world.deps.db.$executeRawUnsafe(
    'CREATE TRIGGER refuse_to_store BEFORE INSERT OR UPDATE ON token_pair FOR EACH ROW EXECUTE FUNCTION refuse_to_store()',
  )
}

describe('a database that is away for a moment when the tokens have come', () => {
  test('costs no code that was spent', async () => {
    world = await makeWorld({ mode: 'at_once' })
    await refuseToStore(2)
    const outcome = await connect(world, ada)
    expect(outcome).toMatchObject({ kind: 'connected', isNew: true })
    expect(await world.deps.db.connection.count()).toBe(1)
    expect(world.doorkeeper.tokenCalls('authorization_code')).toHaveLength(1)
  })

  test('costs no refresh token that was spent', async () => {
    world = await makeWorld({ mode: 'at_once' })
    const id = await connected(world)
    await refuseToStore(3)
    world.deps.clock.advance(3 * hour)
    expect(await rotateConnection(world.deps, id, needed)).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ generation: 2, ownStatus: 'healthy' })
  })
})

describe('the mark of a provider app', () => {
  test('is cleared without holding up the tokens that clear it', async () => {
    world = await makeWorld({})
    await world.deps.db.providerApp.updateMany({ data: { faultAt: world.deps.clock.now() } })
    let connecting: Promise<unknown> = Promise.resolve()
    await world.deps.db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT id FROM provider_app FOR NO KEY UPDATE`
      connecting = connect(world, ada)
      await expect.poll(() => world.deps.db.tokenPair.count()).toBe(1)
    })
    expect(await connecting).toMatchObject({ kind: 'connected' })
    expect(await world.deps.db.providerApp.findFirstOrThrow()).toMatchObject({ faultAt: null })
  })

  test('once cleared lets what waited for it be renewed by itself, within a minute', async () => {
    world = await makeWorld({})
    const [first, second] = [await connected(world, ada), await connected(world, grace)]
    world.deps.clock.advance(3 * hour)
    world.doorkeeper.state.secret = 'another'
    expect(await rotateConnection(world.deps, first, needed)).toMatchObject({ outcome: 'app_fault' })
    expect(await rotateConnection(world.deps, second, needed)).toMatchObject({ code: 'app_misconfigured' })
    world.doorkeeper.state.secret = world.doorkeeper.client.secret
    expect(await rotateConnection(world.deps, first, { cause: 'refresh_now' })).toMatchObject({
      kind: 'renewed',
    })
    const planned = (await row(second)).nextAttemptAt?.getTime()
    const now = world.deps.clock.now().getTime()
    expect(planned).toBeGreaterThanOrEqual(now)
    expect(planned).toBeLessThanOrEqual(now + minute)
    world.deps.clock.advance(minute)
    await runDue(world.deps)
    expect(await row(second)).toMatchObject({ generation: 2, ownStatus: 'healthy' })
  })
})

describe('a rotation that tries a second refresh token', () => {
  /** The first call is refused while `meanwhile` happens to the lease. */
  async function refusedOnce(meanwhile: string): Promise<string> {
    world = await makeWorld({})
    const id = await connected(world)
    world.deps.clock.advance(3 * hour)
    world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 500, body: '' })
    await rotateConnection(world.deps, id, needed)
    expect((await pairOf(id)).previousRefreshTokenSealed).not.toBeNull()
    const newest = world.doorkeeper.pairs.at(-1)
    if (newest) newest.revoked = true
    world.deps.clock.advance(3 * hour)
    await world.deps.db.$executeRawUnsafe(`
      CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN UPDATE rotation_lease SET ${meanwhile}; RETURN NEW; END $$`)
    await world.deps.db.$executeRawUnsafe(
      "CREATE TRIGGER meanwhile AFTER UPDATE ON rotation_journal FOR EACH ROW WHEN (NEW.outcome = 'terminal') EXECUTE FUNCTION meanwhile()",
    )
    return id
  }

  test('has a whole lease for it', async () => {
    const id = await refusedOnce("until = clock_timestamp() + interval '1 second'")
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    world.doorkeeper.state.tokenFaults.push({
      kind: 'status',
      status: 400,
      body: '{"error":"invalid_grant"}',
    })
    world.doorkeeper.state.tokenFaults.push({ kind: 'held', until })
    const before = world.doorkeeper.tokenCalls('refresh_token').length
    const rotation = rotateConnection(world.deps, id, needed)
    await expect.poll(() => world.doorkeeper.tokenCalls('refresh_token').length).toBe(before + 2)
    const [lease] = await world.deps.db.$queryRaw<{ left_s: number }[]>`
      SELECT extract(epoch FROM until - clock_timestamp())::float8 AS left_s FROM rotation_lease`
    expect(lease?.left_s).toBeGreaterThan(46)
    letGo()
    expect(await rotation).toMatchObject({ kind: 'renewed' })
  })

  test('leaves it to the process that has taken the lease over', async () => {
    const id = await refusedOnce("owner = 'somebody else'")
    const before = world.doorkeeper.tokenCalls('refresh_token').length
    expect(await rotateConnection(world.deps, id, needed)).toEqual({ kind: 'busy' })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(before + 1)
    expect(await row(id)).toMatchObject({ needsReconnectAt: null })
  })
})

describe('a connection that turns out to be another one’s account', () => {
  async function twins(): Promise<{ first: string; unnamed: string }> {
    world = await makeWorld({})
    const first = await connected(world)
    world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 500, body: '' })
    return { first, unnamed: await connected(world) }
  }

  test('keeps its pair while that is being renewed', async () => {
    const { unnamed } = await twins()
    const lease = await takeLease(world.deps, unnamed)
    await expect(checkAgain(world.deps, world.admin, { connectionId: unnamed })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await pairOf(unnamed)).toMatchObject({ generation: 1 })
    if (lease) await releaseLease(world.deps, lease)
    expect(await checkAgain(world.deps, world.admin, { connectionId: unnamed })).toMatchObject({
      kind: 'alive',
    })
    expect(await world.deps.db.connection.count()).toBe(1)
  })

  test('brings its own refresh token and nothing of the other grant', async () => {
    const { first, unnamed } = await twins()
    world.deps.clock.advance(hour)
    world.doorkeeper.state.refreshTokens = false
    await rotateConnection(world.deps, unnamed, { cause: 'refresh_now' })
    const moved = (await pairOf(unnamed)).refreshFingerprint
    expect(await checkAgain(world.deps, world.admin, { connectionId: unnamed })).toMatchObject({
      kind: 'alive',
      connectionId: first,
    })
    const pair = await pairOf(first)
    expect(pair.refreshFingerprint).toBe(moved)
    expect(pair.previousRefreshTokenSealed).toBeNull()
  })
})

test('Disconnect beside a renewal that does not end is never “confirmed”', async () => {
  world = await makeWorld({})
  const id = await connected(world)
  await takeLease(world.deps, id)
  const receipt = await disconnectConnection(
    world.deps,
    world.admin,
    { connectionId: id },
    { rotationWaitMs: 0 },
  )
  expect(receipt).toMatchObject({ revoked: 'not_confirmed' })
  expect(await row(id)).toMatchObject({ lifecycle: 'disconnected' })
})

describe('a pair that nothing can renew', () => {
  const start = async () => {
    world = await makeWorld({})
    world.doorkeeper.state.refreshTokens = false
    return connected(world)
  }

  test('asks for its person when it has ended, without anybody reading it', async () => {
    const id = await start()
    world.deps.clock.advance(hour)
    expect(await runDue(world.deps)).toBe(0)
    world.deps.clock.advance(2 * hour)
    expect(await runDue(world.deps)).toBe(1)
    expect(await row(id)).toMatchObject({ ownStatus: 'needs_reconnect' })
    expect(await runDue(world.deps)).toBe(0)
  })

  test('asks for its person when the provider refuses it before that', async () => {
    const id = await start()
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    await checkAgain(world.deps, world.admin, { connectionId: id })
    expect(await row(id)).toMatchObject({ ownStatus: 'needs_reconnect' })
  })
})

test('connections that cannot even be tried do not keep the others from their turn', async () => {
  world = await makeWorld({})
  const [first, second] = [await connected(world, ada), await connected(world, grace)]
  await world.deps.db.tokenPair.update({
    where: { connectionId: first },
    data: { refreshTokenSealed: 'pb1.x.AA' },
  })
  world.deps.clock.advance(3 * hour)
  await world.deps.db.connection.update({
    where: { id: first },
    data: { nextAttemptAt: new Date(world.deps.clock.now().getTime() - 2 * hour) },
  })
  await runDue(world.deps)
  expect(await row(second)).toMatchObject({ generation: 2 })
})

test('a denial or an expiry that comes late does not undo a flow that was finished meanwhile', async () => {
  world = await makeWorld({})
  const { flowId } = await press(world)
  const denial = { code: 'consent_denied', words: 'Access was not granted.' } as const
  expect(await claimFlow(world.deps, flowId)).toBe(true)
  await completeFlow(world.deps.db, flowId, 'completed', 'con_1')
  expect(await refuseFlow(world.deps, flowId, 'denied', denial)).toBeNull()
  expect(await world.deps.db.connectFlow.findUniqueOrThrow({ where: { id: flowId } })).toMatchObject({
    outcome: 'completed',
    failureCode: null,
  })
})
