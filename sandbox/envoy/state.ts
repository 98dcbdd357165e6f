import { PLUGIN_SCOPES } from './apps'

/** What happens to a used refresh token: unknown at the real Envoy (providers.md 2.2), so a switch. */
export const ROTATION_MODES = ['first_use', 'immediate', 'grace'] as const
export type RotationMode = (typeof ROTATION_MODES)[number]

/** `request_meta` is the shape of seed 003, `meta` that of Envoy's SDK (providers.md 2.6). */
export const ENVELOPES = ['request_meta', 'meta'] as const
export type EnvelopeShape = (typeof ENVELOPES)[number]

export const INSTALL_ID_TYPES = ['number', 'string'] as const
export type InstallIdType = (typeof INSTALL_ID_TYPES)[number]

/** How a dead code, refresh token or install is refused: Envoy's own 404, or RFC 6749's 400. */
export const SUBJECT_ERRORS = ['subject_not_found', 'invalid_grant'] as const
export type SubjectError = (typeof SUBJECT_ERRORS)[number]

/** Whether a code challenge is held to its verifier: Envoy is only known to tolerate it (providers.md 2.1). */
export const PKCE_MODES = ['verified', 'ignored'] as const
export type PkceMode = (typeof PKCE_MODES)[number]

/** At most `limit` API calls in each window of `windowS` seconds, counted per company. */
export type ApiRateLimit = {
  readonly limit: number
  readonly windowS: number
  /** Envoy documents no rate header at all; with this the 429 carries Retry-After. */
  readonly retryAfter: boolean
}

export type EnvoySettings = {
  rotationMode: RotationMode
  envelope: EnvelopeShape
  installIdType: InstallIdType
  subjectError: SubjectError
  pkce: PkceMode
  /** Envoy's own patience with a validation URL is not documented. */
  webhookTimeoutMs: number
  /** Each webhook goes out this many times, at once. */
  webhookCopies: 1 | 2
  /** What an uninstall does to tokens is not documented. */
  uninstallRevokes: boolean
  rateLimit: ApiRateLimit | null
  pluginScopes: string[]
}

/** A browser that signed in: the cookie's value and who it stands for. */
export type BrowserSession = { id: string; personId: string }

export type AuthorizationCode = {
  hash: string
  clientId: string
  redirectUri: string
  personId: string
  scopes: string[]
  /** PKCE S256 challenge (RFC 7636), where the client sent one. */
  codeChallenge: string | null
  expiresAtMs: number
  used: boolean
}

export type TokenOrigin =
  | { kind: 'authorization_code' | 'password'; personId: string; companyId: string }
  | { kind: 'plugin_install' | 'webhook'; installId: number; companyId: string }
  | { kind: 'client_credentials' }

/** One pair as it was handed out. Only hashes are kept: the values exist in the answer and nowhere else. */
export type TokenPair = {
  id: string
  clientId: string
  origin: TokenOrigin
  scopes: string[]
  accessHash: string
  accessExpiresAtMs: number
  accessRevoked: boolean
  refresh: { hash: string; expiresAtMs: number; dead: boolean } | null
  /** The pair whose refresh token dies when this one is first used. */
  supersedes: string | null
}

export type InstallStatus = 'setting_up' | 'installed' | 'uninstalled'

export type EnvoyInstall = {
  id: number
  clientId: string
  companyId: string
  locationId: string
  installerId: string
  status: InstallStatus
  config: Record<string, unknown>
  createdAtMs: number
}

/** One webhook as it went out, kept whole so that it can be sent again byte for byte. */
export type WebhookDelivery = {
  id: string
  installId: number
  kind: 'route' | 'event'
  name: string
  body: string
  signature: string | null
  sentAtMs: number
  tookMs: number
  /** `null` when no answer came. */
  status: number | null
  /** What came of it, in words. */
  outcome: string
}

/** Everything of the sandbox's Envoy that survives a restart. */
export type EnvoyState = {
  settings: EnvoySettings
  sessions: BrowserSession[]
  codes: AuthorizationCode[]
  tokens: TokenPair[]
  installs: EnvoyInstall[]
  nextInstallId: number
  deliveries: WebhookDelivery[]
}

export function initialSettings(): EnvoySettings {
  return {
    rotationMode: 'immediate',
    envelope: 'request_meta',
    installIdType: 'number',
    subjectError: 'subject_not_found',
    pkce: 'verified',
    webhookTimeoutMs: 3000,
    webhookCopies: 1,
    uninstallRevokes: true,
    rateLimit: null,
    pluginScopes: [...PLUGIN_SCOPES],
  }
}

export function initialState(): EnvoyState {
  return {
    settings: initialSettings(),
    sessions: [],
    codes: [],
    tokens: [],
    installs: [],
    nextInstallId: 1_000_000,
    deliveries: [],
  }
}
