import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { testClock } from '../../tests/test-deps'
import { createStatements } from '../db/named-statements'
import { createJobQueue, type JobQueue, type RotationPlan } from './job-queue'

let database: TestDatabase
let queue: JobQueue
const clock = testClock(new Date('2020-01-01T00:00:00Z'))

beforeEach(async () => {
  database = await testDatabase()
  queue = createJobQueue({ sql: createStatements(database.pool), clock })
})
afterEach(() => database.close())

const minute = 60_000
function plan(connectionId: string, inMs: number, failing = false): RotationPlan {
  return { connectionId, provider: 'envoy', at: new Date(clock.now().getTime() + inMs), failing }
}

type Row = { key: string; task_identifier: string; priority: number; in_s: number }
async function jobs(): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>(`
    SELECT key, task_identifier, priority, round(extract(epoch FROM run_at - updated_at))::int AS in_s
    FROM graphile_worker.jobs ORDER BY key`)
  return rows
}

test('a plan is a job at its time, by the clock of the database; a failing one comes after those that are well', async () => {
  await queue.planRotations([plan('a', 10 * minute), plan('b', -minute, true)])
  expect(await jobs()).toEqual([
    { key: 'rotate:a', task_identifier: 'rotate-envoy', priority: 0, in_s: 600 },
    { key: 'rotate:b', task_identifier: 'rotate-envoy', priority: 10, in_s: 0 },
  ])
})

test('a connection has one waiting job, however often it is planned; the last plan counts', async () => {
  await queue.planRotations([plan('a', minute)])
  await queue.planRotations([plan('a', 2 * minute), plan('a', 3 * minute)])
  await Promise.all([4, 5, 6].map((at) => queue.planRotations([plan('a', at * minute)])))
  expect(await jobs()).toMatchObject([{ key: 'rotate:a', in_s: 360 }])
})

test('many are planned in one statement', async () => {
  await queue.planRotations(Array.from({ length: 1_000 }, (_, n) => plan(`c${n}`, minute)))
  expect(await jobs()).toHaveLength(1_000)
})

test('a job that is locked, by a process that may be dead, is joined by a second', async () => {
  await queue.planRotations([plan('a', 0)])
  await database.pool.query(`
    UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'gone', attempts = 1`)
  await queue.planRotations([plan('a', minute)])
  expect(await jobs()).toMatchObject([{ key: 'rotate:a', in_s: 60 }, { key: null }])
})

test('other tasks have their key, their time and their number of tries', async () => {
  const at = new Date(clock.now().getTime() + minute)
  await queue.add('notify', {}, { key: 'notify', at, maxAttempts: 3 })
  const { rows } = await database.pool.query('SELECT key, max_attempts FROM graphile_worker.jobs')
  expect(rows).toEqual([{ key: 'notify', max_attempts: 3 }])
})
