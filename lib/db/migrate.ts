import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClientBase, Pool } from 'pg'
import { noFilters, openSchemaEngine } from './schema-engine'

/** Any number that no other program of this database uses: two starting processes must not migrate at once. */
const migrationLock = 7_272_001

/**
 * Applies the migrations that the database does not have yet, through Prisma's engine and its `_prisma_migrations` table
 * (what `prisma migrate deploy` does).
 *
 * @param url a connection that owns the tables (DATABASE_MIGRATE_URL)
 * @param folder the absolute path of `prisma/migrations`
 * @returns the names of the migrations applied now
 */
export async function migrate(url: string, folder: string): Promise<string[]> {
  const pool = new Pool({ connectionString: url })
  try {
    const client = await pool.connect()
    try {
      await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
      const migrationsList = await readMigrations(folder)
      if (await isUpToDate(client, migrationsList.migrationDirectories)) return []
      const engine = await openSchemaEngine(pool)
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters })
      return appliedMigrationNames
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}

async function readMigrations(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => {
      const value = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
    }),
  )
  const content = await readFile(join(folder, 'migration_lock.toml'), 'utf8')
  return {
    baseDir: folder,
    lockfile: { path: './migration_lock.toml', content },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

/** Spares the engine's start (it is a third of a second of the program's own) when there is nothing to apply. */
async function isUpToDate(client: ClientBase, migrations: readonly { path: string }[]): Promise<boolean> {
  const table = await client.query<{ found: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS found",
  )
  if (!table.rows[0]?.found) return false
  const done = await client.query<{ migration_name: string; finished: boolean }>(
    'SELECT migration_name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const finished = new Set(done.rows.filter((row) => row.finished).map((row) => row.migration_name))
  return done.rows.length === finished.size && migrations.every((migration) => finished.has(migration.path))
}
