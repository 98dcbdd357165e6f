import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { testLog } from '../../tests/test-deps'
import { createStatements } from '../db/named-statements'
import { systemClock } from '../runtime/system'
import { createJobQueue, type JobQueue } from './job-queue'
import { runTasks } from './run-tasks'
import type { TaskHandlers } from './tasks'

let database: TestDatabase
let queue: JobQueue
let stop: () => Promise<void>

beforeEach(async () => {
  database = await testDatabase()
  queue = createJobQueue({ sql: createStatements(database.pool), clock: systemClock })
})
afterEach(async () => {
  await stop()
  await database.close()
})

async function start(handlers: Partial<TaskHandlers>) {
  const { log, lines } = testLog()
  const none = async () => {}
  const runner = await runTasks({
    pool: database.pool,
    log,
    tasks: ['rotate-envoy', 'notify'],
    slots: 5,
    handlers: {
      'rotate-outreach': none,
      'rotate-envoy': none,
      'rotate-outstand': none,
      'first-use': none,
      notify: none,
      prune: none,
      ...handlers,
    },
  })
  stop = runner.stop
  return lines
}

const patient = { timeout: 60_000, interval: 50 }
const jobs = async () => (await database.pool.query('SELECT attempts FROM graphile_worker.jobs')).rows

test('a job is carried out with what it carries, and is gone; its line in the log is for debugging', async () => {
  const done: string[] = []
  const lines = await start({ 'rotate-envoy': async ({ connectionId }) => void done.push(connectionId) })
  await queue.planRotations([{ connectionId: 'a', provider: 'envoy', at: new Date(0), failing: false }])
  await expect.poll(() => done, patient).toEqual(['a'])
  await expect.poll(jobs, patient).toEqual([])
  expect(lines.some((line) => /Completed task/.test(line))).toBe(true)
  expect(lines.filter((line) => !line.includes('"debug"'))).toEqual([])
})

test('a job that fails, or whose payload nobody can read, waits for its next try and is told as a warning', async () => {
  const lines = await start({ notify: () => Promise.reject(new Error('the receiver is away')) })
  await queue.add('notify', {})
  await database.pool.query(`SELECT graphile_worker.add_job('rotate-envoy', '{"connection":1}')`)
  // The next try is not far off: by now there may have been several.
  const waiting = async () =>
    (
      await database.pool.query(
        'SELECT task_identifier FROM graphile_worker.jobs WHERE last_error IS NOT NULL AND attempts > 0 ORDER BY 1',
      )
    ).rows
  await expect
    .poll(waiting, patient)
    .toEqual([{ task_identifier: 'notify' }, { task_identifier: 'rotate-envoy' }])
  const warnings = () => lines.filter((line) => line.includes('"warn"'))
  await expect
    .poll(() => warnings().some((line) => line.includes('the receiver is away')), patient)
    .toBe(true)
  await expect.poll(() => warnings().some((line) => line.includes('rotate-envoy')), patient).toBe(true)
})

test('a runner that has ended is started again', async () => {
  let done = 0
  const exitCode = process.exitCode
  const lines = await start({
    notify: async () => {
      done += 1
    },
  })
  await expect.poll(() => lines.some((line) => line.includes('looking for jobs')), patient).toBe(true)
  // What the library ends itself for; it marks the process as well.
  await database.pool.query(`SELECT pg_notify('worker:migrate', '{"migrationNumber":99,"breaking":true}')`)
  await expect.poll(() => lines.some((line) => line.includes('Runner stopping')), patient).toBe(true)
  process.exitCode = exitCode
  await queue.add('notify', {})
  await expect.poll(() => done, patient).toBe(1)
})
