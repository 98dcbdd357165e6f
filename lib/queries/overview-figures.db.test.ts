import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { newId } from '../core/ids'
import { overviewFigures } from './overview-figures'

let world: World
let first: string
let second: string
beforeAll(async () => {
  world = await makeWorld({})
  first = await connected(world, ada)
  second = await connected(world, grace)
})
afterAll(() => world.close())

const figures = () => overviewFigures(world.deps)
const ago = (seconds: number) => new Date(world.deps.clock.now().getTime() - seconds * 1000)
const plan = (id: string, nextAttemptAt: Date | null, more: object = {}) =>
  world.deps.db.connection.update({ where: { id }, data: { nextAttemptAt, ...more }, select: { id: true } })

type Outcome = 'renewed' | 'terminal' | 'transient' | 'open' | 'discarded'

const call = (cause: string, outcome: Outcome, startedAt = ago(60), failureCode: string | null = null) =>
  world.deps.db.rotationJournal.create({
    data: {
      id: newId('journal', startedAt.getTime(), world.deps.random.bytes(10)),
      connectionId: first,
      kind: 'refresh',
      cause,
      generation: 1,
      outcome,
      startedAt,
      failureCode,
    },
  })

it('are all nothing at first: a consent is no rotation', async () => {
  await plan(first, null)
  await plan(second, null)
  expect(await figures()).toEqual({
    rotations: { succeeded: 0, failed: 0 },
    waitedFor: 0,
    overdue: { count: 0, oldest: null },
    planned: { nextHour: 0, nextAt: null },
  })
})

it('count the calls of a day, how they ended, and those that a program waited for', async () => {
  await call('due', 'renewed')
  await call('needed', 'renewed')
  await call('due', 'transient')
  await call('refresh_now', 'terminal')
  await call('due', 'open')
  await call('due', 'renewed', ago(25 * 3_600))
  expect(await figures()).toMatchObject({ rotations: { succeeded: 2, failed: 2 }, waitedFor: 1 })
})

it('count a call without a usable answer as failed, from the moment it failed and for good', async () => {
  await call('due', 'open', ago(50), 'http_503')
  await call('due', 'discarded', ago(40), 'timeout')
  await call('due', 'discarded', ago(30))
  expect((await figures()).rotations).toEqual({ succeeded: 2, failed: 4 })
})

it('name the connection that is overdue the longest, not one that waits for a person', async () => {
  await plan(first, ago(90))
  await plan(second, ago(900), { needsReconnectAt: ago(800) })
  expect((await figures()).overdue).toEqual({
    count: 1,
    oldest: { connectionId: first, name: 'Outstand user 101', since: ago(90) },
  })
  await plan(first, ago(5))
  expect((await figures()).overdue.count).toBe(0)
})

it('tell what the next hour brings', async () => {
  await plan(first, ago(-600))
  await plan(second, ago(-4_000), { needsReconnectAt: null })
  expect((await figures()).planned).toEqual({ nextHour: 1, nextAt: ago(-600) })
})
