import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, connected, makeWorld, type World } from '../connections/test-world'
import { rotateConnection } from './rotate-connection'

let world: World
beforeEach(async () => {
  world = await makeWorld({})
})
afterEach(() => world.close())

test('both calls that a rotation makes are in the figures: the token call, and the first use of what it brought', async () => {
  const connectionId = await connected(world, ada)
  const { metrics } = world.deps
  metrics.providerCalls.reset()

  await rotateConnection(world.deps, connectionId, { cause: 'due' })

  const { values } = await metrics.providerCalls.get()
  expect(values.map(({ labels, value }) => [labels.call, value])).toEqual([
    ['token', 1],
    ['probe', 1],
  ])
})
