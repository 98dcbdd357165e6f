import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freshAccessToken } from '../rotation/fresh-access-token'
import { finishConnect } from './finish-connect'
import { settleOtherAccount } from './settle-other-account'
import {
  ada,
  connect,
  connected,
  countRows,
  grace,
  makeWorld,
  press,
  type World,
  writtenText,
} from './test-world'

let world: World

beforeEach(async () => {
  world = await makeWorld({})
})
afterEach(() => world.close())

const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })

async function otherAccountCameBack(connection: string) {
  const outcome = await connect(world, grace, { connection })
  if (outcome.kind !== 'other_account') throw new Error(`expected another account: ${outcome.kind}`)
  return outcome
}

describe('Reconnect', () => {
  test('of the same account keeps id, label and scopes, and revives one that had died', async () => {
    const id = await connected(world)
    await world.deps.db.connection.update({
      where: { id },
      data: { label: 'Ours', needsReconnectAt: world.deps.clock.now(), ownStatus: 'needs_reconnect' },
    })
    const outcome = await connect(world, ada, { connection: id })
    expect(outcome).toMatchObject({ kind: 'connected', connectionId: id, isNew: false })
    expect(await row(id)).toMatchObject({
      label: 'Ours',
      ownStatus: 'healthy',
      needsReconnectAt: null,
      generation: 2,
    })
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 1 })
    const reasons = await world.deps.db.rotationJournal.findMany({ orderBy: { startedAt: 'asc' } })
    expect(reasons.map((each) => each.cause)).toEqual(['connect', 'reconnect'])
  })

  test('asks for the scopes that the connection had', async () => {
    const started = await press(world, { scopes: ['users.read'] })
    const query = world.doorkeeper.consent(started.url, ada)
    const outcome = await finishConnect(world.deps, world.admin, {
      provider: world.provider,
      query,
      cookies: started.cookies,
    })
    if (outcome.kind !== 'connected') throw new Error('expected a connection')
    const again = await press(world, { connection: outcome.connectionId })
    expect(again.url.searchParams.get('scope')).toBe('users.read')
  })

  test('as another account overwrites nothing and waits for a choice', async () => {
    const id = await connected(world)
    const before = await freshAccessToken(world.deps, id, { minTtlMs: 0 })
    const { pendingId, connectionId, flowId } = await otherAccountCameBack(id)
    expect(connectionId).toBe(id)
    expect(await row(id)).toMatchObject({ externalAccountId: '101', generation: 1 })
    expect(await row(pendingId)).toMatchObject({
      lifecycle: 'pending',
      pendingReason: 'other_account',
      replacesId: id,
      externalAccountId: '202',
    })
    const after = await freshAccessToken(world.deps, id, { minTtlMs: 0 })
    expect(after.accessToken.reveal()).toBe(before.accessToken.reveal())
    await expect(freshAccessToken(world.deps, pendingId, { minTtlMs: 0 })).rejects.toMatchObject({
      code: 'connection_pending',
    })
    const flow = await world.deps.db.connectFlow.findUniqueOrThrow({ where: { id: flowId } })
    expect(flow).toMatchObject({ outcome: 'other_account', resultId: pendingId })
  })

  test('as nobody knows whom overwrites nothing either', async () => {
    const id = await connected(world)
    world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 500, body: '' })
    const outcome = await connect(world, ada, { connection: id })
    expect(outcome.kind).toBe('other_account')
    expect(await row(id)).toMatchObject({ generation: 1, lifecycle: 'live' })
  })

  test('of an account whose name was never learnt takes the one that comes', async () => {
    world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 500, body: '' })
    const id = await connected(world)
    expect(await connect(world, ada, { connection: id })).toMatchObject({
      kind: 'connected',
      connectionId: id,
    })
    expect(await row(id)).toMatchObject({ externalAccountId: '101', generation: 2 })
  })
})

describe('another account', () => {
  test('is added as new', async () => {
    const id = await connected(world)
    const { pendingId, flowId } = await otherAccountCameBack(id)
    expect(await settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'add_as_new' })).toEqual({
      connectionId: pendingId,
    })
    expect(await row(pendingId)).toMatchObject({ lifecycle: 'live', ownStatus: 'healthy', replacesId: null })
    expect(await row(id)).toMatchObject({ lifecycle: 'live', externalAccountId: '101' })
    const flow = await world.deps.db.connectFlow.findUniqueOrThrow({ where: { id: flowId } })
    expect(flow).toMatchObject({ outcome: 'completed', resultId: pendingId })
  })

  test('added as new renews the connection that it has already', async () => {
    const id = await connected(world)
    const second = await connected(world, grace)
    const { pendingId } = await otherAccountCameBack(id)
    expect(await settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'add_as_new' })).toEqual({
      connectionId: second,
    })
    expect(await row(second)).toMatchObject({ generation: 2 })
    expect(await countRows(world)).toMatchObject({ connections: 2, pairs: 2 })
  })

  test('replaces the first on purpose', async () => {
    const id = await connected(world)
    const { pendingId, flowId } = await otherAccountCameBack(id)
    expect(await settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'replace' })).toEqual({
      connectionId: id,
    })
    expect(await row(id)).toMatchObject({ lifecycle: 'live', externalAccountId: '202', generation: 2 })
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 1 })
    const { accessToken } = await freshAccessToken(world.deps, id, { minTtlMs: 0 })
    expect(world.doorkeeper.pairOf(accessToken.reveal())?.account?.id).toBe(grace.id)
    const flow = await world.deps.db.connectFlow.findUniqueOrThrow({ where: { id: flowId } })
    expect(flow).toMatchObject({ outcome: 'completed', resultId: id })
  })

  test('cannot replace the first while it is connected itself', async () => {
    const id = await connected(world)
    await connected(world, grace)
    const { pendingId } = await otherAccountCameBack(id)
    await expect(
      settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'replace' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await row(id)).toMatchObject({ externalAccountId: '101' })
    expect(await countRows(world)).toMatchObject({ connections: 3 })
  })

  test('is discarded: revoked there, erased here', async () => {
    const id = await connected(world)
    const { pendingId } = await otherAccountCameBack(id)
    const theirs = world.doorkeeper.pairs.filter((pair) => pair.account?.id === grace.id)
    expect(await settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'discard' })).toEqual({
      connectionId: null,
    })
    expect(theirs.every((pair) => pair.revoked)).toBe(true)
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 1 })
  })

  test('is not discarded in a copy of a database: the grant may be the original’s', async () => {
    const id = await connected(world)
    const { pendingId } = await otherAccountCameBack(id)
    await world.deps.db.instanceIdentity.create({
      data: { systemIdentifier: '1', databaseOid: 1, appUrl: 'https://a.example', heldAt: new Date(0) },
    })
    await expect(
      settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'discard' }),
    ).rejects.toMatchObject({ code: 'rotations_held' })
    expect(world.doorkeeper.calls.filter(({ path }) => path === '/oauth/revoke')).toHaveLength(0)
    expect(await row(pendingId)).toMatchObject({ lifecycle: 'pending' })
  })

  test('is settled once, by an admin', async () => {
    const id = await connected(world)
    const { pendingId } = await otherAccountCameBack(id)
    const viewer = await world.makeUser('Vic', 'viewer')
    await expect(
      settleOtherAccount(world.deps, viewer, { pendingId, choice: 'discard' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'add_as_new' })
    await expect(
      settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'discard' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await row(pendingId)).toMatchObject({ lifecycle: 'live' })
  })

  test('leaves no token in the clear', async () => {
    const id = await connected(world)
    const { pendingId } = await otherAccountCameBack(id)
    await settleOtherAccount(world.deps, world.admin, { pendingId, choice: 'replace' })
    const text = await writtenText(world)
    for (const secret of world.doorkeeper.secrets()) expect(text).not.toContain(secret)
  })
})
