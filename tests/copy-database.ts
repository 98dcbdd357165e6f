import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { Deps } from '../lib/deps'
import { type TestDeps, testDeps } from './test-deps'

export type DatabaseCopy = TestDeps

/**
 * A second installation on a copy of the first one's database, as a restore makes it: same server, another number. The first
 * one's sessions are ended for the moment of copying; it goes on with new ones. Its clock begins where the first one's stands.
 *
 * @param env settings of the copy
 */
export async function copyOf(
  original: Pick<Deps, 'config' | 'clock'>,
  env: Record<string, string>,
): Promise<DatabaseCopy> {
  const url = new URL(original.config.databaseUrl.reveal())
  const source = url.pathname.slice(1)
  const name = `${source}_copy_${randomBytes(3).toString('hex')}`
  const serverUrl = new URL(url)
  serverUrl.pathname = '/postgres'
  const server = new Client({ connectionString: serverUrl.href })
  await server.connect()
  await copyUndisturbed(server, source, name)
  url.pathname = `/${name}`
  const copy = await testDeps({ url: url.href }, env)
  copy.deps.clock.set(original.clock.now())
  return {
    ...copy,
    async close() {
      await copy.close()
      await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await server.end()
    },
  }
}

/** PostgreSQL copies a database only while nobody is in it, and the original comes back at once. */
async function copyUndisturbed(server: Client, source: string, name: string): Promise<void> {
  await server.query(`ALTER DATABASE ${source} ALLOW_CONNECTIONS false`)
  try {
    await server.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
      [source],
    )
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${source}`)
  } finally {
    await server.query(`ALTER DATABASE ${source} ALLOW_CONNECTIONS true`)
  }
}
