import { afterEach, describe, expect, test } from 'vitest'
import { rotateConnection } from '../rotation/rotate-connection'
import { disconnectConnection } from './disconnect-connection'
import { ada, connect, connected, countRows, makeWorld, type World, writtenText } from './test-world'

let world: World

afterEach(() => world.close())

const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })
const disconnect = (connectionId: string) => disconnectConnection(world.deps, world.admin, { connectionId })
const living = () => world.doorkeeper.pairs.filter((pair) => !pair.revoked)

describe('Disconnect', () => {
  test('revokes, erases and says so', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    expect(await disconnect(id)).toMatchObject({ provider: 'outstand', revoked: 'confirmed' })
    expect(living()).toHaveLength(0)
    expect(await row(id)).toMatchObject({
      lifecycle: 'disconnected',
      ownStatus: 'disconnected',
      accessExpiresAt: null,
      nextAttemptAt: null,
    })
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 0, leases: 0 })
    const audit = await world.deps.db.auditEvent.findMany({ where: { action: 'connection.disconnected' } })
    expect(audit).toMatchObject([{ actorId: world.admin.id, detail: { revoked: 'confirmed' } }])
  })

  test.each(['first_use', 'at_once'] as const)(
    'renews an expired pair first, or the server would revoke nothing (%s)',
    async (mode) => {
      world = await makeWorld({ mode })
      const id = await connected(world)
      world.deps.clock.advance(3 * 3_600_000)
      expect(await disconnect(id)).toMatchObject({ revoked: 'confirmed' })
      expect(living()).toHaveLength(0)
    },
  )

  test('of an expired pair that cannot be renewed is never “confirmed”, and erases all the same', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    world.deps.clock.advance(3 * 3_600_000)
    world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 503, body: '' })
    expect(await disconnect(id)).toMatchObject({ revoked: 'not_confirmed' })
    expect(await countRows(world)).toMatchObject({ pairs: 0 })
    expect(await row(id)).toMatchObject({ lifecycle: 'disconnected' })
  })

  test('of a grant that is refused asks nobody to connect it again', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    world.deps.clock.advance(3 * 3_600_000)
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    expect(await disconnect(id)).toMatchObject({ revoked: 'not_confirmed' })
    expect(await world.deps.db.notification.count()).toBe(0)
  })

  test('erases when the provider is not there', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await world.doorkeeper.close()
    expect(await disconnect(id)).toMatchObject({ revoked: 'not_confirmed' })
    expect(await countRows(world)).toMatchObject({ pairs: 0 })
  })

  test('erases when the stored token cannot be opened', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await world.deps.db.tokenPair.updateMany({ data: { accessTokenSealed: 'pb1.none.AAAA' } })
    expect(await disconnect(id)).toMatchObject({ revoked: 'not_confirmed' })
    expect(await countRows(world)).toMatchObject({ pairs: 0 })
  })

  test('during a renewal waits for it, and the new pair is revoked too', async () => {
    world = await makeWorld({ mode: 'at_once' })
    const id = await connected(world)
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    world.doorkeeper.state.tokenFaults.push({ kind: 'held', until })
    const elsewhere = { ...world.deps, rotations: new Map() }
    const renewal = rotateConnection(elsewhere, id, { cause: 'refresh_now' })
    await expect.poll(() => world.doorkeeper.tokenCalls('refresh_token').length).toBe(1)
    const ending = disconnect(id)
    letGo()
    await renewal
    expect(await ending).toMatchObject({ revoked: 'confirmed' })
    expect(living()).toHaveLength(0)
  })

  test('twice is refused the second time', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await disconnect(id)
    await expect(disconnect(id)).rejects.toMatchObject({ code: 'connection_ended' })
    await expect(disconnect('con_none')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('needs an admin', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    const viewer = await world.makeUser('Vic', 'viewer')
    await expect(disconnectConnection(world.deps, viewer, { connectionId: id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await countRows(world)).toMatchObject({ pairs: 1 })
  })

  test('leaves a connection that Reconnect brings back to life', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await disconnect(id)
    expect(await connect(world, ada, { connection: id })).toMatchObject({
      kind: 'connected',
      connectionId: id,
    })
    expect(await row(id)).toMatchObject({
      lifecycle: 'live',
      ownStatus: 'healthy',
      endedAt: null,
      endedReason: null,
    })
  })

  test('leaves no token in the clear', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    world.deps.clock.advance(3 * 3_600_000)
    await disconnect(id)
    const text = await writtenText(world)
    for (const secret of world.doorkeeper.secrets()) expect(text).not.toContain(secret)
  })
})
