import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../lib/core/secret'
import { type TestDatabase, testDatabase } from '../tests/database'
import { testLog } from '../tests/test-deps'
import { openDatabase } from './open-database'

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url))

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

function urlOf(name: string): Secret {
  const url = new URL(database.url)
  url.pathname = `/${name}`
  return Secret.of(url.href)
}

function open(url: Secret) {
  return openDatabase({ databaseUrl: url, databaseMigrateUrl: url }, migrations, testLog().log)
}

describe('opening a database', () => {
  it('applies to an empty one every migration, once, even by two starts at once', async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_empty`
    await database.pool.query(`CREATE DATABASE "${name}" TEMPLATE template0`)
    try {
      const [one, two] = await Promise.all([open(urlOf(name)), open(urlOf(name))])
      expect([...one, ...two].length).toBeGreaterThan(0)
      expect(new Set([...one, ...two]).size).toBe(one.length + two.length)
      expect(await open(urlOf(name))).toEqual([])
    } finally {
      await database.pool.query(`DROP DATABASE "${name}" WITH (FORCE)`)
    }
  })

  it('says in words that there is no such database, and whose variable names it', async () => {
    await expect(open(urlOf('nowhere'))).rejects.toMatchObject({
      message: expect.stringMatching(/^The database at 127\.0\.0\.1:\d+ cannot be used\.$/),
      lines: ['There is no database nowhere: make it with createdb.', 'It comes from DATABASE_URL.'],
    })
  })
})
