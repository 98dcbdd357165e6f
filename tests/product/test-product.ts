import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { dumpDatabase } from './dump-database'
import { type Evidence, keepEvidence } from './evidence'
import { freePorts } from './free-ports'
import { type RecordingProxy, startRecordingProxy } from './recording-proxy'
import { type RunningProduct, runProduct } from './run-product'
import { type SandboxControl, sandboxControl } from './sandbox-control'

const folder = fileURLToPath(new URL('../../.test/products', import.meta.url))

/** A product that journeys drive: the built one, with the sandbox beside it, on ports, data and database of its own. */
export type TestProduct = {
  /** APP_URL: a recording proxy before the product. */
  url: string
  admin: { email: string; password: string }
  /** Makes the sandbox do things. */
  sandbox: SandboxControl
  /** Where each provider's pages are. */
  providers: { outreach: string; envoy: string; outstand: string }
  /** A connection to its database, to set a scene that no page sets. */
  database: Client
  running: RunningProduct
  /** Sandbox and product back to the first day, but for people and sessions. What was in the database is kept as evidence. */
  reset(): Promise<void>
  /** Stops it and drops its database; the evidence stays. */
  close(): Promise<void>
}

/**
 * @param settings variables of the environment beside, or in place of, the usual ones
 * @param firstPort of six in a row; any free ones when left out
 */
export async function startTestProduct(
  settings: Record<string, string> = {},
  firstPort?: number,
): Promise<TestProduct> {
  const name = `patchbay_e2e_${randomBytes(5).toString('hex')}`
  const databaseUrl = await createDatabase(name)
  const port = firstPort ?? (await freePorts(6))
  // One for the browser; one for the product, followed by the sandbox's four.
  const target = port + 1
  const url = `http://localhost:${port}`
  const secrets = {
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    ADMIN_EMAIL: 'owner@example.com',
    ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
    ...settings,
  }
  const evidence = keepEvidence(name)
  const proxy = await startRecordingProxy(port, target, evidence.trafficFile)
  const running = runProduct(
    {
      PORT: String(target),
      HOST: '127.0.0.1',
      APP_URL: url,
      DATABASE_URL: databaseUrl,
      DATA_DIR: `${folder}/${name}`,
      SANDBOX: 'on',
      SANDBOX_PORT: String(target + 1),
      SANDBOX_LEDGER: evidence.ledgerFile,
      // An app that is entered in the settings goes to these servers, as it would to the real ones.
      OUTREACH_URL: `http://127.0.0.1:${target + 1}`,
      OUTSTAND_URL: `http://127.0.0.1:${target + 3}`,
      ...secrets,
    },
    evidence.logFile,
  )
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  const close = () => endProduct({ name, running, proxy, database, evidence })
  await running.ready().catch(async (error) => {
    await close()
    throw error
  })
  const [outreach = '', envoy = '', outstand = '', control = ''] = [1, 2, 3, 4].map(
    (offset) => `http://127.0.0.1:${target + offset}`,
  )
  const sandbox = sandboxControl(control)
  evidence.addSecrets({
    encryption_key: secrets.ENCRYPTION_KEYS.replace(/^\w+:/, ''),
    session_key: secrets.NEXTAUTH_SECRET,
    password: secrets.ADMIN_PASSWORD,
  })
  if (settings.SANDBOX !== 'off') evidence.addApps(await sandbox.apps())
  return {
    url,
    admin: { email: secrets.ADMIN_EMAIL, password: secrets.ADMIN_PASSWORD },
    sandbox,
    providers: { outreach, envoy, outstand },
    database,
    running,
    async reset() {
      await dumpDatabase(database, evidence.dumpFile)
      await sandbox.reset()
      await emptyDatabase(database)
    },
    close,
  }
}

type Parts = {
  name: string
  running: RunningProduct
  proxy: RecordingProxy
  database: Client
  evidence: Evidence
}

async function endProduct({ name, running, proxy, database, evidence }: Parts): Promise<void> {
  await running.stop()
  await proxy.close()
  await dumpDatabase(database, evidence.dumpFile)
  await database.end()
  await ask(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await rm(`${folder}/${name}`, { recursive: true, force: true })
}

/** What a first start makes, and what only ever grows. */
const kept = [
  '_prisma_migrations',
  'app_user',
  'audit_event',
  'data_key',
  // The running product writes its own row every 15 seconds: without it a journey could not tell when that is.
  'process_beat',
  'provider_app',
  'session',
  'setting',
  'setup_link',
]

/** Everything that connecting leaves behind. In one statement, so that nothing half-emptied is ever read. */
async function emptyDatabase(database: Client): Promise<void> {
  const { rows } = await database.query<{ names: string }>(
    `SELECT string_agg(quote_ident(tablename), ', ') AS names FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> ALL ($1)`,
    [kept],
  )
  await truncate(database, rows[0]?.names ?? '')
  await database.query(`DELETE FROM process_beat WHERE host = 'elsewhere'`)
  await database.query(`UPDATE process_beat SET roles = '{web,worker}'`)
  await database.query(`DELETE FROM provider_app WHERE origin = 'settings'`)
  await database.query(
    `UPDATE provider_app SET fault_at = NULL, fault_code = NULL, fault_words = NULL, checked_at = NULL,
       check_result = NULL, last_webhook_at = NULL`,
  )
}

/** The product runs on meanwhile: where the two wait for each other, PostgreSQL ends one, and ours is asked again. */
async function truncate(database: Client, names: string): Promise<void> {
  const isDeadlock = (error: unknown) => error instanceof Error && 'code' in error && error.code === '40P01'
  for (let triesLeft = 10; ; triesLeft -= 1) {
    try {
      return void (await database.query(`TRUNCATE ${names}`))
    } catch (error) {
      if (!isDeadlock(error) || triesLeft === 1) throw error
    }
  }
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL
  if (!url)
    throw new Error('TEST_DATABASE_URL is not set: `npm test -- browser` starts a PostgreSQL and sets it')
  return url
}

async function createDatabase(name: string): Promise<string> {
  await ask(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.href
}

async function ask(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
