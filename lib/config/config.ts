import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Secret } from '../core/secret'

export const processRoles = ['web', 'worker'] as const
export type ProcessRole = (typeof processRoles)[number]

/** One AES-256 master key: `key` is 32 bytes in base64. The first of the list seals, all of them open. */
export type EncryptionKey = { id: string; key: Secret }

/** A network whose X-Forwarded-For counts, as `net.BlockList.addSubnet` takes it. */
export type TrustedNetwork = { address: string; prefix: number; family: 'ipv4' | 'ipv6' }

export type AgreedLimit = { limit: number; windowS: number }

/** A provider app that the environment manages: read-only in the settings. */
export type EnvironmentApp = {
  /** Stands in URLs; never changes. */
  slug: string
  provider: ProviderId
  environment: Exclude<Environment, 'sandbox'>
  name: string
  grants: GrantKind[]
  /** API origin (and path prefix, where there is one) without a trailing slash. */
  baseUrl: string
  /** Where the browser is sent, where that is another host. */
  browserUrl: string | null
  clientId: string | null
  clientSecret: Secret | null
  /** Empty: not configured. */
  scopes: string[]
  s2sGuid: string | null
  /** As it was entered: PEM, escaped PEM or base64. */
  s2sPrivateKey: Secret | null
  installUrl: string | null
  webhookSecret: Secret | null
  rateLimitBypass: Secret | null
  agreedLimit: AgreedLimit | null
}

export type SmtpConfig = { url: Secret; from: string }

export type OidcConfig = {
  issuer: string
  clientId: string
  clientSecret: Secret
  /** Lower case; empty: any domain. */
  allowedDomains: string[]
  defaultRole: 'viewer' | 'admin'
}

/** What the environment says. In embedded mode the database and the keys are made by the start, see `Config`. */
export type Settings = {
  port: number
  host: string
  /** Origin only, no path. */
  appUrl: URL
  /** `__Host-` and Secure cookies: APP_URL is https. */
  cookieSecure: boolean
  /** Patchbay runs its own PostgreSQL under `dataDir`: DATABASE_URL is not set. */
  embedded: boolean
  databaseUrl: Secret | null
  /** A role that owns the tables; the same as `databaseUrl` when not set. */
  databaseMigrateUrl: Secret | null
  /** Connections in the pool. */
  pool: number
  nextauthSecret: Secret | null
  encryptionKeys: readonly EncryptionKey[] | null
  /** First admin, used only while there is none. */
  admin: { email: string; password: Secret } | null
  sandbox: { on: boolean; ports: { outreach: number; envoy: number; outstand: number; control: number } }
  /** Outreach is asked now and then what remains of a user's hour, since other programs spend from it too. */
  rateProbe: boolean
  roles: readonly ProcessRole[]
  /** Absolute path. */
  dataDir: string
  /** Base URLs of every app but the sandbox's, without a trailing slash. */
  providerUrls: { outreach: string; envoyApi: string; envoyApp: string; outstand: string }
  environmentApps: readonly EnvironmentApp[]
  smtp: SmtpConfig | null
  oidc: OidcConfig | null
  trustProxy: readonly TrustedNetwork[]
  metricsToken: Secret | null
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/** What the start makes and keeps in embedded mode. */
export type MadeValues = {
  databaseUrl: Secret
  nextauthSecret: Secret
  encryptionKeys: readonly EncryptionKey[]
}

/** Everything a process is told, complete. */
export type Config = Omit<Settings, keyof MadeValues | 'databaseMigrateUrl'> &
  MadeValues & { databaseMigrateUrl: Secret }
