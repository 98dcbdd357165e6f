import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connected, makeWorld, type World } from '../connections/test-world'
import { newId } from '../core/ids'
import { rotationFigures } from './rotation-figures'

const hourMs = 3_600_000
let world: World
let id: string
beforeAll(async () => {
  world = await makeWorld({})
  id = await connected(world, ada)
  await world.deps.db.rotationJournal.deleteMany()
})
afterAll(() => world.close())

const figures = () => rotationFigures(world.deps, world.admin, id)
const call = (outcome: 'renewed' | 'transient' | 'open', hoursAgo: number) => {
  const startedAt = new Date(world.deps.clock.now().getTime() - hoursAgo * hourMs)
  return world.deps.db.rotationJournal.create({
    data: {
      id: newId('journal', startedAt.getTime(), world.deps.random.bytes(10)),
      connectionId: id,
      kind: 'refresh',
      cause: 'due',
      generation: 1,
      outcome,
      startedAt,
    },
  })
}

it('have no gap before there were two renewals', async () => {
  expect(await figures()).toEqual({ renewed: 0, failed: 0, longestGapMs: null })
  await call('renewed', 1)
  expect(await figures()).toEqual({ renewed: 1, failed: 0, longestGapMs: null })
})

it('measure the longest time between two renewals, over failures in between, in thirty days', async () => {
  await call('renewed', 4)
  await call('transient', 3)
  await call('renewed', 24)
  await call('open', 2)
  await call('renewed', 31 * 24)
  expect(await figures()).toEqual({ renewed: 3, failed: 1, longestGapMs: 20 * hourMs })
})

it('are for people who are signed in', async () => {
  const visitor = { kind: 'visitor', address: '127.0.0.1' } as const
  await expect(rotationFigures(world.deps, visitor, id)).rejects.toMatchObject({ code: 'forbidden' })
})
