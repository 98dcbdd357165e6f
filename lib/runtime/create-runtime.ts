import { createKeyCache } from '../api-keys/key-cache'
import type { Config } from '../config/config'
import { newId } from '../core/ids'
import { createDb } from '../db/client'
import { createDataKeyStore } from '../db/data-key-store'
import { createEventBus } from '../db/event-bus'
import { createStatements } from '../db/named-statements'
import { createPool, type Pool } from '../db/pool'
import type { Clock, Deps, Random } from '../deps'
import { createProxyTargets } from '../gateway/proxy/proxy-targets'
import { createHttpClient } from '../http/undici-http-client'
import { createJobQueue } from '../jobs/job-queue'
import { createMailClient } from '../mail/mail-client'
import { providerRegistry } from '../providers/registry'
import { createPermitBook } from '../rate-limits/create-permit-book'
import { createUsageBook } from '../rate-limits/create-usage-book'
import { createRateNews } from '../rate-limits/rate-news'
import { createSharedProbes } from '../rotation/shared-probes'
import type { Logger } from '../telemetry/logger'
import { createMetrics } from '../telemetry/metrics'
import { openVault } from '../vault/open-vault'
import { type AdjustableClock, adjustableClock, systemClock, systemRandom } from './system'

export type Runtime = {
  deps: Deps
  pool: Pool
  /** The same as `deps.clock`; the heartbeat sets it right. */
  clock: AdjustableClock
  /** Ends what holds connections, the pool last. Nothing may use `deps` afterwards. */
  close(): Promise<void>
}

export type RuntimeOptions = { config: Config; log: Logger; clock?: Clock; random?: Random }

/**
 * Makes every effect of a process from its configuration, on a migrated database.
 *
 * @throws PatchbayError `secret_unreadable` when ENCRYPTION_KEYS does not open the stored secrets
 */
export async function createRuntime({
  config,
  log,
  clock: source = systemClock,
  random = systemRandom,
}: RuntimeOptions): Promise<Runtime> {
  const clock = adjustableClock(source)
  const url = config.databaseUrl.reveal()
  const pool = createPool(url, config.pool, (error) => log.warn({ err: error }, 'database connection lost'))
  const db = createDb(pool)
  const events = createEventBus({
    pool,
    url,
    now: () => clock.now().getTime(),
    onError: (error) => log.warn({ err: error }, 'live events are interrupted'),
  })
  const http = createHttpClient({ log })
  const books: { close(): Promise<void> }[] = []
  const close = async () => {
    for (const book of books) await book.close()
    await events.close()
    await http.close()
    await db.$disconnect()
    await pool.end()
  }
  try {
    const vault = await openVault({
      masterKeys: config.encryptionKeys,
      store: createDataKeyStore(db),
      random,
      newKeyId: () => newId('dataKey', clock.now().getTime(), random.bytes(10)),
    })
    await events.start()
    const sql = createStatements(pool)
    const rotations: Deps['rotations'] = new Map()
    const metrics = createMetrics()
    const news = createRateNews(events)
    const permits = createPermitBook({ clock, providers: providerRegistry, events, log, metrics, sql, news })
    const usage = createUsageBook({ clock, sql, log, news })
    const keys = createKeyCache({ clock, events, sql, log })
    const proxyTargets = createProxyTargets({ events, providers: providerRegistry, sql, vault })
    books.push(permits, usage, news, keys, proxyTargets)
    const deps = {
      config,
      clock,
      random,
      db,
      sql,
      jobs: createJobQueue({ sql, clock }),
      vault,
      http,
      streams: http,
      mail: config.smtp && createMailClient(config.smtp),
      providers: providerRegistry,
      events,
      log,
      metrics,
      permits,
      usage,
      keys,
      probes: createSharedProbes(),
      proxyTargets,
      rotations,
    }
    return { deps, pool, clock, close }
  } catch (error) {
    await close()
    throw error
  }
}
