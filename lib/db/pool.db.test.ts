import { Pool } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { silentWire } from '../../tests/silent-wire'
import { createDb } from './client'
import { isUnreachable } from './is-unreachable'
import { createPool } from './pool'
import { watchAnswers } from './watch-answers'

let database: TestDatabase

beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.close())

test('a statement that is stuck ends', async () => {
  const { rows } = await database.pool.query('SHOW statement_timeout')
  expect(rows).toEqual([{ statement_timeout: '15s' }])
  expect(await database.db.$queryRaw`SHOW statement_timeout`).toEqual([{ statement_timeout: '15s' }])
})

test('a transaction waits its turn for a busy pool', async () => {
  const pool = createPool(database.url, 1, () => {})
  const db = createDb(pool)
  // Its one connection stands, so that nobody's wait is spent on making it.
  await db.$queryRaw`SELECT 1`
  const long = db.$transaction((tx) => tx.$queryRaw`SELECT 1 FROM pg_sleep(2.2)`)
  const next = db.$transaction((tx) => tx.$queryRaw`SELECT 1 AS one`)
  expect(await next).toEqual([{ one: 1 }])
  await long
  await db.$disconnect()
  await pool.end()
})

test('a server that falls silent is given up, and another connection made', async () => {
  const wire = await silentWire(database.url)
  const pool = new Pool({
    connectionString: wire.url,
    max: 1,
    onConnect: async (client) => watchAnswers(client, 500),
  })
  pool.on('error', () => {})
  await pool.query('SELECT 1')
  wire.fallSilent()
  const stuck = pool.query('SELECT 1').catch((error: unknown) => error)
  const next = pool.query('SELECT 2 AS two')
  expect(isUnreachable(await stuck)).toBe(true)
  expect((await next).rows).toEqual([{ two: 2 }])
  await pool.end()
  wire.close()
})

test('a connection that waits for work is let be', async () => {
  const pool = new Pool({
    connectionString: database.url,
    max: 1,
    onConnect: async (client) => watchAnswers(client, 50),
  })
  const pid = async () => (await pool.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
  const client = await pool.connect()
  await client.query('BEGIN')
  await expect(client.query('SELECT nothing')).rejects.toThrow('does not exist')
  await client.query('ROLLBACK')
  client.release()
  const first = await pid()
  await database.pool.query('SELECT 1 FROM pg_sleep(0.3)')
  expect(await pid()).toBe(first)
  await pool.end()
})
