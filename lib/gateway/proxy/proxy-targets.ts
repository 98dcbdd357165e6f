import { LRUCache } from 'lru-cache'
import { createNoticedCache, type NoticedCache } from '../../cache/noticed-cache'
import type { ProviderId } from '../../core/provider'
import type { Deps } from '../../deps'
import { openApp } from '../../provider-apps/open-app'
import { bucketFacts } from '../../rate-limits/bucket-facts'
import type { BucketFacts } from '../../rate-limits/permit-book'
import type { FreshAccessToken } from '../../rotation/fresh-access-token'
import { type PlacedRules, placeRules } from './target-path'

const entriesMax = 10_000
const tokensMax = 5_000
/** News removes them at once; this is for news that is lost with a connection that hangs without a word. */
const tokenBelievedMs = 10_000
/** How long a token that was renewed for a 401 is trusted against further ones. */
const renewedMs = 60_000

/** What a call through a connection needs beside its token: where it may go, and which bucket it is counted in. */
export type ProxyTarget = {
  connectionId: string
  appId: string
  provider: ProviderId
  rules: PlacedRules
  bucket: BucketFacts
}

/** Targets are kept, so that a call reads the database for its token only; news of the connection or its app removes them. */
export type ProxyTargets = {
  /** @returns `null` when there is no such connection, whatever has become of it */
  find(connectionId: string): Promise<ProxyTarget | null>
  /** Tokens that were read a moment ago, opened; news of their connection removes them. */
  tokens: NoticedCache<FreshAccessToken>
  /** By connection: the generation of the pair that was last renewed here because of a 401. Forgotten after a minute. */
  renewed: Pick<LRUCache<string, number>, 'get' | 'set'>
  close(): Promise<void>
}

export function createProxyTargets(
  deps: Pick<Deps, 'db' | 'events' | 'providers' | 'sql' | 'vault'>,
): ProxyTargets {
  const cache = createNoticedCache<ProxyTarget>({
    events: deps.events,
    topics: ['app', 'connection'],
    entriesMax,
    idsOf: ({ appId }, connectionId) => [connectionId, appId],
  })
  const tokens = createNoticedCache<FreshAccessToken>({
    events: deps.events,
    topics: ['connection'],
    entriesMax: tokensMax,
    believedMs: tokenBelievedMs,
    idsOf: (_token, connectionId) => [connectionId],
  })
  return {
    tokens,
    renewed: new LRUCache<string, number>({ max: entriesMax, ttl: renewedMs }),
    async find(connectionId) {
      return cache.peek(connectionId) ?? cache.get(connectionId, () => readTarget(deps, connectionId))
    },
    async close() {
      cache.close()
      tokens.close()
    },
  }
}

async function readTarget(
  deps: Pick<Deps, 'db' | 'providers' | 'sql' | 'vault'>,
  connectionId: string,
): Promise<ProxyTarget | null> {
  const connection = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: {
      id: true,
      appId: true,
      provider: true,
      grantKind: true,
      externalAccountId: true,
      externalOrgId: true,
      apiUrl: true,
      app: { select: { agreedLimit: true, agreedWindowS: true } },
    },
  })
  if (!connection) return null
  const app = await openApp(deps, connection.appId)
  const { appId, provider } = connection
  return {
    connectionId,
    appId,
    provider,
    rules: placeRules(deps.providers.get(provider).proxyRules(app, connection)),
    bucket: bucketFacts({
      ...connection,
      app: { ...connection.app, isBypassed: app.rateLimitBypass !== null },
    }),
  }
}
