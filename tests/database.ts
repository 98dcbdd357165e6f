import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { createDb } from '../lib/db/client'
import { migrate } from '../lib/db/migrate'
import { createPool } from '../lib/db/pool'
import { migrateQueue } from '../lib/jobs/migrate-queue'
import { createLogger } from '../lib/telemetry/logger'

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url))
/** Its version stands for the queue's own migrations. */
const queueManifest = fileURLToPath(new URL('../node_modules/graphile-worker/package.json', import.meta.url))
const cloneLock = 7_272_002

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL
  if (!url) throw new Error('TEST_DATABASE_URL is not set: `npm test` starts a PostgreSQL and sets it')
  return url
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.toString()
}

/** Clones a migrated template that the first test to come makes: a database of one's own in some 30 ms. */
async function cloneTemplate(name: string): Promise<void> {
  const admin = new Client({ connectionString: serverUrl() })
  await admin.connect()
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [cloneLock])
    const template = `patchbay_template_${await migrationsDigest()}`
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (found.rowCount === 0) {
      await admin.query(`DROP DATABASE IF EXISTS ${template}_making`)
      await admin.query(`CREATE DATABASE ${template}_making`)
      const making = databaseUrl(`${template}_making`)
      await migrate(making, migrations)
      await migrateQueue({ work: making, migrate: making }, createLogger('warn'))
      await admin.query(`ALTER DATABASE ${template}_making RENAME TO ${template}`)
    }
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  } finally {
    await admin.end()
  }
}

async function migrationsDigest(): Promise<string> {
  const { createHash } = await import('node:crypto')
  const { readdir, readFile } = await import('node:fs/promises')
  const digest = createHash('sha256')
  digest.update(await readFile(queueManifest))
  for (const entry of (await readdir(migrations, { recursive: true })).sort()) {
    if (entry.endsWith('.sql')) digest.update(await readFile(`${migrations}/${entry}`))
  }
  return digest.digest('hex').slice(0, 12)
}

export type TestDatabase = Awaited<ReturnType<typeof testDatabase>>

/** A database of the test's own, with all migrations applied; `close` drops it. */
export async function testDatabase() {
  const name = `patchbay_test_${randomBytes(6).toString('hex')}`
  await cloneTemplate(name)
  const url = databaseUrl(name)
  const pool = createPool(url, 10, () => {})
  const db = createDb(pool)
  return {
    url,
    pool,
    db,
    async close(): Promise<void> {
      await db.$disconnect()
      await pool.end()
      const admin = new Client({ connectionString: serverUrl() })
      await admin.connect()
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}
