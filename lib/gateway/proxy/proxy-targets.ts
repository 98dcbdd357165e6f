import { LRUCache } from 'lru-cache'
import { createNoticedCache, type NoticedCache } from '../../cache/noticed-cache'
import type { ProviderId } from '../../core/provider'
import type { Deps } from '../../deps'
import { openApp } from '../../provider-apps/open-app'
import type { ProxiedApp } from '../../providers/contract'
import type { BucketOwner } from '../../rate-limits/bucket'
import { bucketFacts } from '../../rate-limits/bucket-facts'
import type { BucketFacts } from '../../rate-limits/permit-book'
import type { FreshAccessToken } from '../../rotation/fresh-access-token'
import { type TokenRow, tokenStatement } from '../../rotation/read-token'
import { type PlacedRules, placeRules } from './target-path'

const entriesMax = 10_000
const tokensMax = 5_000
const appsMax = 1_000
/** Addresses of orgs' APIs that are kept taken apart, for each app: providers have few. */
const placesMax = 100
/** News removes them at once; this is for news that is lost with a connection that hangs without a word. */
const tokenBelievedMs = 10_000
/** A target that is read anew reads its app anew as well, but for this long: thousands of connections belong to one app. */
const appBelievedMs = 10_000
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

type TargetRow = TokenRow &
  Omit<BucketOwner, 'id'> & { appId: string; agreedLimit: number | null; agreedWindowS: number | null }

/** Target and token in one: programs call many accounts, each now and then. */
const readTargets = tokenStatement('read_proxy_targets', [
  'connection.app_id AS "appId"',
  'connection.grant_kind AS "grantKind"',
  'connection.external_account_id AS "externalAccountId"',
  'connection.external_org_id AS "externalOrgId"',
  'app.agreed_limit AS "agreedLimit"',
  'app.agreed_window_s AS "agreedWindowS"',
])

/** `rulesFor`: where calls may go, for an account whose API is at `apiUrl`; the same object each time. */
type KnownApp = { hasBypass: boolean; rulesFor(apiUrl: string | null): PlacedRules }

/** @param row what was read of the token together with the target, where it was not known */
export type FoundTarget = { target: ProxyTarget; row: TokenRow | null }

/** Targets are kept, so that a call reads the database for its token only; news of the connection or its app removes them. */
export type ProxyTargets = {
  /** @returns `null` when there is no such connection, whatever has become of it */
  find(connectionId: string): Promise<FoundTarget | null>
  /** Tokens that were read a moment ago, opened; news of their connection removes them. */
  tokens: NoticedCache<FreshAccessToken>
  /** By connection: the generation of the pair that was last renewed here because of a 401. Forgotten after a minute. */
  renewed: Pick<LRUCache<string, number>, 'get' | 'set'>
  close(): Promise<void>
}

export function createProxyTargets(deps: Pick<Deps, 'events' | 'providers' | 'sql' | 'vault'>): ProxyTargets {
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
  const apps = createNoticedCache<KnownApp>({
    events: deps.events,
    topics: ['app'],
    entriesMax: appsMax,
    believedMs: appBelievedMs,
    idsOf: (_app, appId) => [appId],
  })
  /** While no news arrives a target is believed for a second, which its app must not make two. */
  async function knownApp(appId: string): Promise<KnownApp> {
    const read = () => readApp(deps, appId)
    return (deps.events.isListening() ? await apps.get(appId, read) : null) ?? read()
  }
  return {
    tokens,
    renewed: new LRUCache<string, number>({ max: entriesMax, ttl: renewedMs }),
    async find(connectionId) {
      const known = cache.peek(connectionId)
      if (known) return { target: known, row: null }
      let row: TargetRow | null = null
      const target = await cache.get(connectionId, async () => {
        const [found] = await deps.sql.byId<TargetRow>(readTargets, connectionId)
        row = found ?? null
        return found ? targetOf(connectionId, found, await knownApp(found.appId)) : null
      })
      return target && { target, row }
    },
    async close() {
      cache.close()
      tokens.close()
      apps.close()
    },
  }
}

function targetOf(connectionId: string, row: TargetRow, { hasBypass, rulesFor }: KnownApp): ProxyTarget {
  const { appId, provider, apiUrl, agreedLimit, agreedWindowS } = row
  const agreed = { agreedLimit, agreedWindowS, isBypassed: hasBypass }
  return {
    connectionId,
    appId,
    provider,
    rules: rulesFor(apiUrl),
    bucket: bucketFacts({ ...row, id: connectionId, app: agreed }),
  }
}

/** Only what a call needs is kept; the app's other secrets are not. */
async function readApp(
  { providers, ...deps }: Pick<Deps, 'providers' | 'sql' | 'vault'>,
  appId: string,
): Promise<KnownApp> {
  const { provider, baseUrl, browserUrl, rateLimitBypass } = await openApp(deps, appId)
  const app: ProxiedApp = { baseUrl, browserUrl, rateLimitBypass }
  const places = new LRUCache<string, PlacedRules>({ max: placesMax })
  return {
    hasBypass: rateLimitBypass !== null,
    rulesFor(apiUrl) {
      const known = places.get(apiUrl ?? '')
      if (known) return known
      const rules = placeRules(providers.get(provider).proxyRules(app, { apiUrl }))
      places.set(apiUrl ?? '', rules)
      return rules
    },
  }
}
