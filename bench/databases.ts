import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../lib/db/migrate'
import { migrateQueue } from '../lib/jobs/migrate-queue'
import { createLogger } from '../lib/telemetry/logger'

const template = 'bench_template'

/**
 * Migrates a template once.
 *
 * @param serverUrl of a PostgreSQL that is thrown away afterwards
 * @param root the project's folder
 * @returns what makes a database that nobody has used yet, and gives its URL
 */
export async function openDatabases(serverUrl: string, root: string): Promise<() => Promise<string>> {
  const urlOf = (name: string) => Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
  const url = urlOf(template)
  await run(serverUrl, `CREATE DATABASE ${template}`)
  await migrate(url, join(root, 'prisma', 'migrations'))
  await migrateQueue({ work: url, migrate: url }, createLogger('silent'))
  let made = 0
  return async () => {
    made += 1
    await run(serverUrl, `CREATE DATABASE bench_${made} TEMPLATE ${template}`)
    return urlOf(`bench_${made}`)
  }
}

async function run(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
