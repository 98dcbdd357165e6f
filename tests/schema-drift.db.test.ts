import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool, type Pool } from '../lib/db/pool'
import { noFilters, openSchemaEngine } from '../lib/db/schema-engine'
import { type TestDatabase, testDatabase } from './database'
import { describeDatabase } from './describe-database'

/** What the schema language cannot say and a migration adds by hand. */
const additions = [
  /^index connection_live_account_key: /,
  /^function begin_connection_use$/,
  /^function list_connection$/,
  /^function refuse_audit_change$/,
  /^trigger audit_event\.audit_event_append_only$/,
  /^trigger audit_event\.audit_event_no_truncate$/,
  /^trigger connection\.connection_listed_changed$/,
  /^trigger connection\.connection_listed_new$/,
  /^trigger connection\.connection_use_new$/,
]

let migrated: TestDatabase
let declared: Pool

beforeAll(async () => {
  migrated = await testDatabase()
  declared = await emptyDatabase()
  const path = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url))
  await declared.query(await sqlOf([{ path, content: await readFile(path, 'utf8') }]))
})
afterAll(async () => {
  await declared.end()
  await migrated.pool.query(`DROP DATABASE "${emptyName()}" WITH (FORCE)`)
  await migrated.close()
})

function emptyName(): string {
  return `${new URL(migrated.url).pathname.slice(1)}_declared`
}

async function emptyDatabase(): Promise<Pool> {
  await migrated.pool.query(`CREATE DATABASE "${emptyName()}" TEMPLATE template0`)
  const url = new URL(migrated.url)
  url.pathname = `/${emptyName()}`
  return createPool(url.href, 1, () => {})
}

/** The SQL that Prisma's engine writes for a whole schema. */
async function sqlOf(files: { path: string; content: string }[]): Promise<string> {
  const engine = await openSchemaEngine(declared)
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: noFilters,
  })
  if (!stdout?.includes('CREATE TABLE')) throw new Error('the schema engine wrote no SQL')
  return stdout
}

describe('the migrations', () => {
  it('make everything that schema.prisma declares', async () => {
    const have = new Set(await describeDatabase(migrated.pool))
    const wanted = await describeDatabase(declared)
    expect(wanted.length).toBeGreaterThan(100)
    expect(wanted.filter((line) => !have.has(line))).toEqual([])
  })

  it('add nothing to it but what is listed here', async () => {
    const wanted = new Set(await describeDatabase(declared))
    const more = (await describeDatabase(migrated.pool)).filter((line) => !wanted.has(line))
    expect(more.filter((line) => !additions.some((known) => known.test(line)))).toEqual([])
    expect(more).toHaveLength(additions.length)
  })

  it('would be caught with a wrong default, a missing index or a changed type', async () => {
    const before = await describeDatabase(migrated.pool)
    await migrated.pool.query(`
      ALTER TABLE provider_app ALTER COLUMN created_at DROP DEFAULT;
      ALTER TABLE provider_app ALTER COLUMN name TYPE varchar(80);
      DROP INDEX webhook_delivery_received_at_idx;
    `)
    const after = new Set(await describeDatabase(migrated.pool))
    expect(
      before.filter((line) => !after.has(line)).map((line) => line.split(' ').slice(0, 2).join(' ')),
    ).toEqual([
      'column provider_app.created_at',
      'column provider_app.name',
      'index webhook_delivery_received_at_idx:',
    ])
  })
})
