import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { testLog } from '../../tests/test-deps'
import { migrate } from '../db/migrate'
import { createStatements } from '../db/named-statements'
import { createPool } from '../db/pool'
import { systemClock } from '../runtime/system'
import { createJobQueue } from './job-queue'
import { migrateQueue } from './migrate-queue'

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

let database: TestDatabase
let name: string

beforeEach(async () => {
  database = await testDatabase()
  name = `patchbay_roles_${randomBytes(4).toString('hex')}`
  await database.pool.query(`CREATE ROLE ${name}_owner LOGIN PASSWORD 'owner'`)
  await database.pool.query(`CREATE ROLE ${name}_work LOGIN PASSWORD 'work'`)
  await database.pool.query(`CREATE DATABASE ${name} OWNER ${name}_owner TEMPLATE template0`)
})
afterEach(async () => {
  await database.pool.query(`DROP DATABASE ${name} WITH (FORCE)`)
  await database.pool.query(`DROP ROLE ${name}_owner, ${name}_work`)
  await database.close()
})

function urlOf(role: 'owner' | 'work'): string {
  const url = new URL(database.url)
  url.pathname = `/${name}`
  url.username = `${name}_${role}`
  url.password = role
  return url.href
}

test('a role that may make no schema uses the queue, whose schema the owner of the tables has made', async () => {
  const urls = { work: urlOf('work'), migrate: urlOf('owner') }
  await migrate(urls.migrate, migrations)
  const { log, lines } = testLog()
  await migrateQueue(urls, log)
  await migrateQueue(urls, log)

  const pool = createPool(urls.work, 1, () => {})
  try {
    const queue = createJobQueue({ sql: createStatements(pool), clock: systemClock })
    await queue.add('prune', {})
    const { rows } = await pool.query('SELECT task_identifier FROM graphile_worker.jobs')
    expect(rows).toEqual([{ task_identifier: 'prune' }])
    const owners = await pool.query(
      "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'graphile_worker'",
    )
    expect(owners.rows).toEqual([{ tableowner: `${name}_work` }])
  } finally {
    await pool.end()
  }
  expect(lines.filter((line) => line.includes('"warn"'))).toEqual([])
})

test('one role needs no second', async () => {
  const url = urlOf('owner')
  await Promise.all([1, 2].map(() => migrateQueue({ work: url, migrate: url }, testLog().log)))
  const pool = createPool(url, 1, () => {})
  const { rows } = await pool.query('SELECT count(*)::int AS count FROM graphile_worker.migrations')
  await pool.end()
  expect(rows[0].count).toBeGreaterThan(15)
})
