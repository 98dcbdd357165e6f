import { afterEach, expect, test } from 'vitest'
import { ada, connect, connected, makeWorld, type World } from './test-world'

let world: World

afterEach(() => world.close())

/** Another org’s user who happens to have Ada’s number. */
const namesake = { id: ada.id, email: 'eve@other.example', name: 'Eve Other', org: 'Other' }

test('the same user number in another Outreach org is another account', async () => {
  world = await makeWorld({ provider: 'outreach' })
  const first = await connected(world)
  const before = await world.deps.db.tokenPair.findUniqueOrThrow({ where: { connectionId: first } })
  const outcome = await connect(world, namesake)
  expect(outcome).toMatchObject({ kind: 'connected', isNew: true })
  expect(await world.deps.db.connection.count({ where: { lifecycle: 'live' } })).toBe(2)
  const after = await world.deps.db.tokenPair.findUniqueOrThrow({ where: { connectionId: first } })
  expect(after.accessFingerprint).toBe(before.accessFingerprint)
})

test('a reconnect that comes back from another org overwrites nothing', async () => {
  world = await makeWorld({ provider: 'outreach' })
  const first = await connected(world)
  expect(await connect(world, namesake, { connection: first })).toMatchObject({
    kind: 'other_account',
    connectionId: first,
  })
  expect(await connect(world, ada, { connection: first })).toMatchObject({
    kind: 'connected',
    connectionId: first,
  })
})
