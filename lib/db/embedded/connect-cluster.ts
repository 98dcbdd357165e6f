import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import type { Secret } from '../../core/secret'
import { clusterRole } from './init-cluster'

/** The application's database in the embedded cluster. */
export const databaseName = 'patchbay'

type ConnectOptions = { port: number; password: Secret; database: string; ensureDatabase?: boolean }

/**
 * Proves that the server on `port` is ours and ready.
 *
 * @param options.ensureDatabase makes the application's database when missing
 * @returns `false` while it cannot be reached or is still starting
 * @throws Error when it refuses our password
 */
export async function connectCluster(options: ConnectOptions): Promise<boolean> {
  const client = clientFor(options)
  try {
    await client.connect()
    if (options.ensureDatabase) await ensureDatabase(client)
    return true
  } catch (error) {
    if (codeOf(error) === '28P01')
      throw new Error(
        `PostgreSQL on port ${options.port} does not take the password in DATA_DIR/secrets.json: was the file replaced?`,
        { cause: error },
      )
    if (options.ensureDatabase) throw error
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** How many sessions other processes of Patchbay hold; our own pool has ended but its backends may take a moment to go. */
export async function otherSessions(port: number, password: Secret): Promise<number> {
  const client = clientFor({ port, password, database: 'postgres' })
  try {
    await client.connect()
    let count = 0
    for (let attempt = 0; attempt < 10; attempt++) {
      if (attempt > 0) await pause(50)
      const found = await client.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name LIKE 'patchbay%' AND pid <> pg_backend_pid()",
      )
      count = found.rows[0]?.count ?? 0
      if (count === 0) break
    }
    return count
  } catch {
    return 0
  } finally {
    await client.end().catch(() => {})
  }
}

function clientFor({ port, password, database }: ConnectOptions): Client {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: clusterRole,
    password: password.reveal(),
    database,
    connectionTimeoutMillis: 5_000,
    application_name: 'embedded cluster',
  })
  client.on('error', () => {})
  return client
}

async function ensureDatabase(client: Client): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName])
  if (found.rowCount === 0)
    await client.query(`CREATE DATABASE ${databaseName}`).catch((error) => {
      // Another process of ours made it meanwhile.
      if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error
    })
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null
}
