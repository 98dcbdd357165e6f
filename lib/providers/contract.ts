import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Secret } from '../core/secret'
import type { HttpClient } from '../http/http-client'
import type { ProviderManifest } from './manifest'

/** A provider app with its secrets opened, for the length of one verb. */
export type OpenApp = {
  id: string
  slug: string
  provider: ProviderId
  environment: Environment
  name: string
  grants: readonly GrantKind[]
  baseUrl: string
  browserUrl: string | null
  clientId: string | null
  clientSecret: Secret | null
  scopes: readonly string[]
  s2sGuid: string | null
  s2sPrivateKey: Secret | null
  installUrl: string | null
  pluginId: string | null
  webhookSecret: Secret | null
  rateLimitBypass: Secret | null
}

/** The effects a provider's calls are given. `timeoutMs` is each call's own deadline. */
export type CallContext = {
  http: HttpClient
  now(): Date
  timeoutMs: number
  /** Told of the headers of each API answer, for the rate limits. */
  onAnswer?(answer: ApiAnswerFacts): void
}

export type ApiAnswerFacts = { status: number; headers: Pick<Headers, 'get'>; at: Date }

/** A token answer, parsed and with absolute instants. */
export type TokenSet = {
  accessToken: Secret
  /** `null` when the answer has none: the stored one is kept. */
  refreshToken: Secret | null
  accessExpiresAt: Date | null
  refreshExpiresAt: Date | null
  /** `null` when the provider does not report them. */
  scopes: string[] | null
  /** Who it belongs to, where the token answer already tells (Envoy's company_id, an S2S org). */
  account: Partial<AccountIdentity>
}

export type AccountIdentity = {
  externalAccountId: string
  accountName: string
  accountEmail: string | null
  externalOrgId: string | null
  orgName: string | null
  /** Origin and path prefix for API calls, already checked against the provider's allowed hosts. */
  apiUrl: string | null
  scopes: string[] | null
}

/** The provider's words, cut short and with anything secret-looking removed. */
export type FailureWords = { code: string; words: string; status: number | null }

/**
 * What a token call led to. `transient` keeps the connection as it is; `terminal` ends its grant; `app_fault` is the app's
 * (wrong secret, refused JWT); `suspended` is a locked or deleted org. `ambiguous` marks a call whose effect is unknown:
 * it may have been carried out though no answer was read.
 */
export type TokenOutcome =
  | { kind: 'renewed'; tokens: TokenSet }
  | ({ kind: 'transient'; retryAfterMs: number | null; ambiguous: boolean } & FailureWords)
  | ({ kind: 'terminal' } & FailureWords)
  | ({ kind: 'app_fault' } & FailureWords)
  | ({ kind: 'suspended' } & FailureWords)

export type IdentifyOutcome =
  | { kind: 'identified'; identity: AccountIdentity }
  | ({ kind: 'dead' } & FailureWords)
  | ({ kind: 'unknown' } & FailureWords)

/** A probe proves life: a 403 or 429 proves it too; only a 401 means dead. */
export type ProbeOutcome = { kind: 'alive' } | ({ kind: 'dead' | 'unknown' } & FailureWords)

export type RevokeOutcome = { kind: 'confirmed' | 'not_confirmed' | 'no_revoke'; detail: string }

/** Tells a wrong secret from an unreachable host. */
export type AppCheck = {
  kind: 'ok' | 'wrong_credentials' | 'unreachable' | 'unclear'
  words: string
}

export type AuthorizeRequest = {
  redirectUri: string
  state: string
  /** PKCE S256 challenge (RFC 7636), sent where the provider tolerates it. */
  codeChallenge: string
  scopes: readonly string[]
}

/** What a scope picker shows. `verbs` are the forms the provider knows for the resource. */
export type ScopeEntry = { scope: string; group: string; note?: string }

export type ScopeCatalogue = {
  /** Whether a request without any scope is refused (Outreach). */
  required: boolean
  /** Always added to what was picked (Envoy's `token.refresh`). */
  always: readonly string[]
  /** Scopes of the same app that this grant cannot have: asked for, they end it (Outstand's `provision_users`). */
  never?: readonly string[]
  entries: readonly ScopeEntry[]
  note: string | null
}

/** What the calls of a connection tell of its scopes. */
export type ScopeUse = {
  /** @param path at the provider, whole or with its ids replaced, without a query; `null`: none, or not known */
  scopeNeeded(method: string, path: string): string | null
  /** Whether calls can tell that a scope is not used. */
  judges(scope: string): boolean
}

/** Milliseconds throughout. */
export type TokenPolicy = {
  /** Life of an access token when the answer does not say. */
  accessTtlMs: number
  /** Life of a refresh token when the answer does not say; `null`: no own expiry. */
  refreshTtlMs: number | null
  /** Renew this long before expiry. */
  marginMs: number
  /** Shortest time between two mints of one user and app. */
  mintIntervalMs: number | null
  /** Renew at least this often even when nobody asks (keep-alive); `null`: only when needed. */
  keepAliveMs: number | null
}

export type WebhookVerification =
  | { kind: 'verified' }
  | { kind: 'rejected'; reason: 'missing_signature' | 'bad_signature' }

export type WebhookHeaders = Pick<Headers, 'get'>

/**
 * One provider's protocol. Each member builds one request and reads one answer; it stores nothing and retries nothing.
 * Members take an `OpenApp`: secrets are opened by the verb and live no longer than it.
 */
export type Provider = {
  id: ProviderId
  grants: readonly GrantKind[]
  manifest: ProviderManifest
  policy(grant: GrantKind): TokenPolicy
  scopes(app: Pick<OpenApp, 'grants'>, grant: GrantKind): ScopeCatalogue
  covers(granted: string, requested: string): boolean
  /** Left out where paths do not name what they need. */
  scopeUse?: ScopeUse
  authorizeUrl(app: OpenApp, request: AuthorizeRequest): URL
  /** With the values that began the flow. */
  exchangeCode(
    context: CallContext,
    app: OpenApp,
    request: { code: Secret; redirectUri: string; codeVerifier: Secret },
  ): Promise<TokenOutcome>
  refresh(context: CallContext, app: OpenApp, request: { refreshToken: Secret }): Promise<TokenOutcome>
  /** Token without a refresh token: S2S mint, plugin_install exchange, client credentials. */
  mint(
    context: CallContext,
    app: OpenApp,
    request: { grant: GrantKind; externalInstallId: string | null },
  ): Promise<TokenOutcome>
  identify(
    context: CallContext,
    app: OpenApp,
    request: {
      grant: GrantKind
      accessToken: Secret
      apiUrl: string | null
      account: Partial<AccountIdentity>
    },
  ): Promise<IdentifyOutcome>
  probe(
    context: CallContext,
    app: OpenApp,
    request: { grant: GrantKind; accessToken: Secret; apiUrl: string | null },
  ): Promise<ProbeOutcome>
  revoke(
    context: CallContext,
    app: OpenApp,
    request: { grant: GrantKind; accessToken: Secret; refreshToken: Secret | null },
  ): Promise<RevokeOutcome>
  checkApp(context: CallContext, app: OpenApp): Promise<AppCheck>
  /** Where programs may call this provider with a connection's token, and what their calls carry. */
  proxyRules(app: ProxiedApp, connection: { apiUrl: string | null }): ProxyRules
  /** Rate-limit figures in an API answer's headers, `null` when it has none. */
  readRateHeaders(answer: ApiAnswerFacts): RateReading | null
  /** What signs this app's webhooks, where one is entered. */
  webhookSecret(app: OpenApp): Secret | null
  /** Constant-time check over the raw body. */
  verifyWebhook(secret: Secret, headers: WebhookHeaders, rawBody: Uint8Array): WebhookVerification
}

/** What of an app decides where calls through its connections may go. */
export type ProxiedApp = Pick<OpenApp, 'baseUrl' | 'browserUrl' | 'rateLimitBypass'>

/** Hosts and paths of a provider's API as programs may call them through Patchbay. The first host that takes a path gets it. */
export type ProxyRules = {
  hosts: readonly ProxyHost[]
  /** Headers of a caller that never go out, in small letters: they are the app's own to send. */
  withheld: readonly string[]
  /** Type of a body that the caller gives none; `null`: it goes without. */
  bodyType: string | null
}

export type ProxyHost = {
  /** Origin, and path prefix where it has one, without a trailing slash. */
  base: string
  /** Paths below `base` that go there: the first segments, joined by `/`; an empty one takes every path. */
  takes: readonly string[]
  /** Paths among them that are refused: token endpoints and sign-in. First segments, in small letters. */
  refuses: readonly string[]
  /** Sent with each call to this host; names in small letters. */
  headers: Readonly<Record<string, Secret>>
}

export type RateReading = {
  limit: number | null
  remaining: number | null
  resetsAt: Date | null
  retryAt: Date | null
}
