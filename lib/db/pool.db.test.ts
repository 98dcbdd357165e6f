import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { createDb } from './client'
import { createPool } from './pool'

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
