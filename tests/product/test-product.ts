import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { freePorts } from './free-ports'
import { type RunningProduct, runProduct } from './run-product'

const folder = fileURLToPath(new URL('../../.test/products', import.meta.url))

/** A product that journeys drive: the built one, with the sandbox beside it, on ports, data and database of its own. */
export type TestProduct = {
  /** APP_URL. */
  url: string
  admin: { email: string; password: string }
  /** The sandbox: its control API, and where each provider's pages are. */
  sandbox: { control: string; outreach: string; envoy: string; outstand: string }
  databaseUrl: string
  /** Everything the product printed. */
  logFile: string
  /** Every secret that the sandbox handed out, one JSON line each. */
  ledgerFile: string
  running: RunningProduct
  /** Stops it and drops its database; log and ledger stay. */
  close(): Promise<void>
}

/** @param settings variables of the environment beside, or in place of, the usual ones */
export async function startTestProduct(settings: Record<string, string> = {}): Promise<TestProduct> {
  const name = `patchbay_e2e_${randomBytes(5).toString('hex')}`
  const databaseUrl = await createDatabase(name)
  const port = await freePorts(5)
  const admin = { email: 'owner@example.com', password: randomBytes(12).toString('base64url') }
  const url = `http://localhost:${port}`
  const [logFile, ledgerFile] = [`${folder}/${name}.log`, `${folder}/${name}.ledger`]
  const running = runProduct(
    {
      PORT: String(port),
      HOST: '127.0.0.1',
      APP_URL: url,
      DATABASE_URL: databaseUrl,
      DATA_DIR: `${folder}/${name}`,
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
      ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      SANDBOX: 'on',
      SANDBOX_PORT: String(port + 1),
      SANDBOX_LEDGER: ledgerFile,
      ...settings,
    },
    logFile,
  )
  const close = async () => {
    await running.stop()
    await dropDatabase(name)
    await rm(`${folder}/${name}`, { recursive: true, force: true })
  }
  await running.ready().catch(async (error) => {
    await close()
    throw error
  })
  const [outreach, envoy, outstand, control] = [1, 2, 3, 4].map(
    (offset) => `http://127.0.0.1:${port + offset}`,
  )
  if (!outreach || !envoy || !outstand || !control) throw new Error('unreachable')
  const sandbox = { outreach, envoy, outstand, control }
  return { url, admin, sandbox, databaseUrl, logFile, ledgerFile, running, close }
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

function dropDatabase(name: string): Promise<void> {
  return ask(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
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
