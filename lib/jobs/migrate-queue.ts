import { runMigrations } from 'graphile-worker'
import { createPool, type Pool } from '../db/pool'
import type { Logger } from '../telemetry/logger'
import { queueLog } from './queue-log'

/**
 * Brings the queue's tables (the schema `graphile_worker`) to the version of the installed library. They have row level
 * security without policies, so they belong to the role that works with them, which is the one of DATABASE_URL: the migrating
 * role only makes the schema, where the other may not.
 *
 * @param urls one database, with the role that works and the one that owns our own tables
 */
export async function migrateQueue(
  urls: { work: string; migrate: string },
  log: Pick<Logger, 'debug' | 'warn'>,
): Promise<void> {
  const pool = createPool(urls.work, 2, () => {})
  try {
    if (urls.work !== urls.migrate) await makeSchema(pool, urls.migrate)
    await runMigrations({ pgPool: pool, logger: queueLog(log) })
  } finally {
    await pool.end()
  }
}

async function makeSchema(work: Pool, migrateUrl: string): Promise<void> {
  const found = await work.query<{ role: string; schema: string | null }>(
    "SELECT quote_ident(current_user) AS role, to_regnamespace('graphile_worker')::text AS schema",
  )
  const { role, schema } = found.rows[0] ?? {}
  if (!role || schema) return
  const migrate = createPool(migrateUrl, 1, () => {})
  try {
    await migrate.query('CREATE SCHEMA IF NOT EXISTS graphile_worker')
    await migrate.query(`GRANT USAGE, CREATE ON SCHEMA graphile_worker TO ${role}`)
  } finally {
    await migrate.end()
  }
  // As the library makes it. Without it the library would make the schema itself, which takes a right on the database.
  await work.query(`
    CREATE TABLE IF NOT EXISTS graphile_worker.migrations (
      id int PRIMARY KEY, ts timestamptz DEFAULT now() NOT NULL, breaking boolean NOT NULL DEFAULT false)`)
}
