import type { KeyCache } from './api-keys/key-cache'
import type { Config } from './config/config'
import type { LiveEvent } from './core/live-event'
import type { Db } from './db/client'
import type { Statements } from './db/named-statements'
import type { ProxyTargets } from './gateway/proxy/proxy-targets'
import type { HttpClient } from './http/http-client'
import type { StreamClient } from './http/stream-client'
import type { JobQueue } from './jobs/job-queue'
import type { MailClient } from './mail/mail-client'
import type { ProviderRegistry } from './providers/registry'
import type { PermitBook } from './rate-limits/permit-book'
import type { UsageBook } from './rate-limits/usage-book'
import type { SharedProbes } from './rotation/shared-probes'
import type { Logger } from './telemetry/logger'
import type { Metrics } from './telemetry/metrics'
import type { Vault } from './vault/vault'

export type Clock = { now(): Date }
export type Random = { bytes(count: number): Uint8Array }

/** Live events over Postgres NOTIFY: heard by every process. */
export type EventBus = {
  publish(event: LiveEvent): Promise<void>
  /**
   * @param sinceMs epoch milliseconds of the last reading: what was heard from then on is handed out again first
   * @returns what ends the subscription
   */
  subscribe(listener: (event: LiveEvent) => void, sinceMs?: number): () => void
  /** Whether news of other processes arrives: all but that of the last seconds certainly has. */
  isListening(): boolean
}

/** Every effect a verb may have. Made once per process by lib/runtime. */
export type Deps = {
  config: Config
  clock: Clock
  random: Random
  db: Db
  sql: Statements
  jobs: JobQueue
  vault: Vault
  http: HttpClient
  /** Calls whose bodies go through as they come. */
  streams: StreamClient
  /** `null` while SMTP_URL and MAIL_FROM are not set. */
  mail: MailClient | null
  providers: ProviderRegistry
  events: EventBus
  log: Logger
  metrics: Metrics
  /** Who may call a provider now. */
  permits: PermitBook
  /** What was called, for the pages. */
  usage: UsageBook
  /** The API keys that programs show. */
  keys: KeyCache
  /** Probes of tokens that many readers ask for at once. */
  probes: SharedProbes
  /** Where calls through the proxy go. */
  proxyTargets: ProxyTargets
  /** Rotations of this process that run now, by connection id: callers share the one. */
  rotations: Map<string, { settled: Promise<unknown> }>
}
