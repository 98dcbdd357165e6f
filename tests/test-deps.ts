import { randomBytes } from 'node:crypto'
import type { Config } from '../lib/config/config'
import { loadConfig } from '../lib/config/load-config'
import type { Deps } from '../lib/deps'
import { createRuntime } from '../lib/runtime/create-runtime'
import { createLogger } from '../lib/telemetry/logger'
import type { TestDatabase } from './database'

/** A clock that stands still until a test moves it. */
export function testClock(start = new Date()) {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    set: (date: Date) => {
      now = date.getTime()
    },
    advance: (ms: number) => {
      now += ms
    },
  }
}

/** Log lines of a test, kept so that it can search them for secrets. */
export function testLog() {
  const lines: string[] = []
  const log = createLogger('debug', { write: (line: string) => void lines.push(line) })
  return { log, lines }
}

export type TestDeps = Awaited<ReturnType<typeof testDeps>>

/**
 * The product's own effects on a database of the test's own: real vault, real HTTP client, real provider registry, real
 * live events; only the clock is the test's. `close` leaves the database to its owner.
 *
 * @param env settings beside the defaults, as the environment has them
 */
export async function testDeps(database: Pick<TestDatabase, 'url'>, env: Record<string, string> = {}) {
  const clock = testClock()
  const { log, lines } = testLog()
  const config = testConfig(database.url, env)
  const runtime = await createRuntime({ config, log, clock })
  const deps: Deps & { clock: typeof clock } = { ...runtime.deps, clock }
  return { deps, logLines: lines, close: runtime.close }
}

function testConfig(databaseUrl: string, env: Record<string, string>): Config {
  const loaded = loadConfig({
    APP_URL: 'http://localhost:3000',
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    DATABASE_POOL: '5',
    ...env,
  })
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'))
  return loaded.config
}
