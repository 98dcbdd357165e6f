import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { Secret } from '../../lib/core/secret'
import { startCluster } from '../../lib/db/embedded-cluster'
import { migrate } from '../../lib/db/migrate'
import { migrateQueue } from '../../lib/jobs/migrate-queue'
import { createLogger } from '../../lib/telemetry/logger'

const ownName = 'chaos-test'
const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** A PostgreSQL of one test's own, as durable as the product's, which may be crashed and whose log may be read. */
export async function ownCluster() {
  const dataDir = await mkdtemp(join(tmpdir(), 'patchbay-chaos-'))
  const cluster = await startCluster({
    dataDir,
    clusterId: `chaos-${randomBytes(6).toString('hex')}`,
    password: Secret.of(randomBytes(24).toString('base64url')),
    sessionsMax: 100,
    durable: true,
    say: () => {},
  })
  await migrate(cluster.url, migrations)
  await migrateQueue({ work: cluster.url, migrate: cluster.url }, createLogger('silent'))
  const template = new URL(cluster.url).pathname.slice(1)
  const urlOf = (database: string) => Object.assign(new URL(cluster.url), { pathname: `/${database}` }).href
  const run = <Row extends object>(text: string) => query<Row>(urlOf('postgres'), text)
  const [row] = await run<{ data_directory: string }>('SHOW data_directory')
  const folder = row?.data_directory ?? ''

  const log = () => readFile(join(folder, 'server.log'), 'utf8')

  return {
    /** The URL of a migrated database that nobody has used yet. */
    async database(): Promise<string> {
      const name = `chaos_${randomBytes(6).toString('hex')}`
      await run(`CREATE DATABASE ${name} TEMPLATE ${template}`)
      return urlOf(name)
    },
    /** Ends every connection at once, and waits until they are gone. */
    async cutConnections(): Promise<void> {
      await run(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`)
    },
    /** From now on every statement goes to the server's log. Returns where in the log that is. */
    async logStatements(): Promise<number> {
      await run("ALTER SYSTEM SET log_line_prefix = '%a> '")
      await run("ALTER SYSTEM SET log_statement = 'all'")
      await run('SELECT pg_reload_conf()')
      // A connection takes the new settings over with its next statement, so the log tells when they hold.
      while (!(await log()).includes(`${ownName}> LOG:  statement: SELECT 'logged'`))
        await run("SELECT 'logged'")
      return (await log()).length
    },
    /** The statements that the product has sent since, whole and in order: `execute name: SELECT …`. */
    async statementsSince(offset: number): Promise<string[]> {
      const entries = (await log()).slice(offset).split(/^(?=\S*> )/m)
      return entries.flatMap((entry) => /^patchbay> LOG: {2}([\s\S]*?)\s*$/.exec(entry)?.slice(1) ?? [])
    },
    /** Ends PostgreSQL as a loss of power does (SIGQUIT: no farewell, no checkpoint) and starts it again on the same port. */
    async crash(): Promise<void> {
      const pid = Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
      process.kill(pid, 'SIGQUIT')
      while (!(await cluster.keepUp()));
    },
    async close(): Promise<void> {
      await cluster.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export type OwnCluster = Awaited<ReturnType<typeof ownCluster>>

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url, application_name: ownName })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
