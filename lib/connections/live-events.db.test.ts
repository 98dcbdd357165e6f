import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LiveEvent } from '../core/live-event'
import { refreshNow } from '../rotation/refresh-now'
import { disconnectConnection } from './disconnect-connection'
import { settleOtherAccount } from './settle-other-account'
import { connect, connected, grace, makeWorld, type World } from './test-world'

let world: World
let heard: LiveEvent[]

beforeEach(async () => {
  world = await makeWorld({})
  heard = []
  world.deps.events.subscribe((event) => heard.push(event))
})
afterEach(() => world.close())

const hears = (event: LiveEvent) => expect.poll(() => heard).toContainEqual(event)

test('open pages hear of every change', async () => {
  const id = await connected(world)
  await hears({ topic: 'connection', id })
  const flow = await world.deps.db.connectFlow.findFirstOrThrow()
  await hears({ topic: 'flow', id: flow.id })

  heard.length = 0
  await refreshNow(world.deps, world.admin, { connectionId: id })
  await hears({ topic: 'connection', id })

  heard.length = 0
  world.doorkeeper.state.secret = 'another'
  await refreshNow(world.deps, world.admin, { connectionId: id })
  await hears({ topic: 'app', id: world.appId })
  world.doorkeeper.state.secret = world.doorkeeper.client.secret

  const other = await connect(world, grace, { connection: id })
  if (other.kind !== 'other_account') throw new Error('expected another account')
  heard.length = 0
  await settleOtherAccount(world.deps, world.admin, { pendingId: other.pendingId, choice: 'discard' })
  await hears({ topic: 'flow', id: other.flowId })

  heard.length = 0
  await disconnectConnection(world.deps, world.admin, { connectionId: id })
  await hears({ topic: 'connection', id })
})
