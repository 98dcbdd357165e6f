import { afterAll, beforeAll, expect, it } from 'vitest'
import { adjustableClock, systemClock } from '../lib/runtime/system'
import { type TestDatabase, testDatabase } from '../tests/database'
import { type TestDeps, testDeps } from '../tests/test-deps'
import { beatRegularly } from './beat-regularly'

let database: TestDatabase
let worker: TestDeps
let web: Pick<TestDeps, 'deps'>
beforeAll(async () => {
  database = await testDatabase()
  worker = await testDeps(database)
  web = { deps: { ...worker.deps, config: { ...worker.deps.config, roles: ['web'] } } }
})
afterAll(async () => {
  await worker.close()
  await database.close()
})

const off = 5 * 60_000
const wrongClock = () => adjustableClock({ now: () => new Date(systemClock.now().getTime() + off) })
const rows = () => database.db.processBeat.findMany({ orderBy: { startedAt: 'asc' } })
const minutesAgo = (minutes: number) => new Date(systemClock.now().getTime() - minutes * 60_000)
const databaseMs = async (): Promise<number> =>
  (await database.pool.query('SELECT clock_timestamp() AS at')).rows[0].at.getTime()
const toldOf = () =>
  database.db.notification.findMany({ orderBy: { id: 'asc' }, select: { kind: true, detail: true } })

it('sets a clock right that is five minutes off, before anything else begins, and says so once', async () => {
  const clock = wrongClock()
  const began = await databaseMs()
  const beating = await beatRegularly(worker.deps, clock, '1.2.3')
  // However long the database takes to answer: it reads its clock between the two readings of ours.
  const before = clock.now().getTime()
  const at = await databaseMs()
  const after = clock.now().getTime()
  expect(before).toBeLessThan(at + 1_000)
  expect(after).toBeGreaterThan(at - 1_000)
  expect(worker.logLines.filter((line) => line.includes('differs from the database'))).toHaveLength(1)
  const [row] = await rows()
  expect(row).toMatchObject({ pid: process.pid, roles: ['web', 'worker'], version: '1.2.3' })
  expect(row?.beatAt.getTime()).toBeGreaterThanOrEqual(began)
  expect(row?.beatAt.getTime()).toBeLessThanOrEqual(at)
  await beating.stop()
})

it('leaves no row of a process that has ended, but the last sign of a worker', async () => {
  expect(await rows()).toHaveLength(1)
  const clock = adjustableClock(systemClock)
  const pages = await beatRegularly(web.deps, clock, '1')
  const next = await beatRegularly(worker.deps, clock, '1')
  const second = await beatRegularly(worker.deps, clock, '1')
  await second.stop()
  await pages.stop()
  expect((await rows()).map((row) => row.roles)).toEqual([
    ['web', 'worker'],
    ['web', 'worker'],
  ])
  await database.db.processBeat.updateMany({ data: { beatAt: minutesAgo(2_000) } })
  const newest = await beatRegularly(worker.deps, clock, '1')
  expect(await rows()).toHaveLength(1)
  await next.stop()
  await newest.stop()
})

it('tells once that no worker renews tokens, and once that one does again', async () => {
  const clock = adjustableClock(systemClock)
  await database.db.processBeat.updateMany({ data: { beatAt: minutesAgo(1) } })
  await (await beatRegularly(web.deps, clock, '1')).stop()
  expect(await toldOf()).toEqual([])

  const since = minutesAgo(3)
  const detail = { since: since.toISOString() }
  await database.db.processBeat.updateMany({ data: { beatAt: since } })
  const pages = [await beatRegularly(web.deps, clock, '1'), await beatRegularly(web.deps, clock, '1')]
  expect(await toldOf()).toEqual([{ kind: 'workers.stopped', detail }])

  worker.deps.clock.advance(60_000)
  const back = await beatRegularly(worker.deps, clock, '1')
  pages.push(await beatRegularly(web.deps, clock, '1'))
  expect(await toldOf()).toEqual([
    { kind: 'workers.stopped', detail },
    { kind: 'workers.running', detail },
  ])
  for (const one of [...pages, back]) await one.stop()
})
