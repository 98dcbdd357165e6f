import { resolve } from 'node:path'
import type { Config, MadeValues, Settings } from './config'
import { environmentApps } from './environment-apps'
import { pairFaults, portFaults, valueFaults } from './environment-faults'
import { type Environment, environmentSchema } from './environment-schema'

type Faults = { ok: false; faults: string[] }
type Variables = Readonly<Record<string, string | undefined>>

/**
 * Reads the environment (design, section 7). In embedded mode the database and the keys are still to be made:
 * `completeConfig` adds them.
 * @returns the settings, or one line for each fault, all of them at once
 */
export function loadSettings(env: Variables): { ok: true; settings: Settings } | Faults {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  )
  const parsed = environmentSchema.safeParse(given)
  const faults = [
    ...(parsed.success ? [] : valueFaults(parsed.error.issues, given)),
    ...pairFaults(given),
    ...portFaults(given),
  ]
  if (!parsed.success || faults.length > 0) return { ok: false, faults }
  return { ok: true, settings: settingsFrom(parsed.data) }
}

/** @param made what the start made; what the environment gives comes before it */
export function completeConfig(settings: Settings, made: MadeValues): Config {
  const databaseUrl = settings.databaseUrl ?? made.databaseUrl
  return {
    ...settings,
    databaseUrl,
    databaseMigrateUrl: settings.databaseMigrateUrl ?? databaseUrl,
    nextauthSecret: settings.nextauthSecret ?? made.nextauthSecret,
    encryptionKeys: settings.encryptionKeys ?? made.encryptionKeys,
  }
}

/** The whole configuration from the environment alone, for a process that is given its database by DATABASE_URL. */
export function loadConfig(env: Variables): { ok: true; config: Config } | Faults {
  const loaded = loadSettings(env)
  if (!loaded.ok) return loaded
  const { databaseUrl, nextauthSecret, encryptionKeys } = loaded.settings
  if (databaseUrl === null || nextauthSecret === null || encryptionKeys === null)
    return {
      ok: false,
      faults: ['DATABASE_URL must be set: this process does not run a database of its own.'],
    }
  return {
    ok: true,
    config: completeConfig(loaded.settings, { databaseUrl, nextauthSecret, encryptionKeys }),
  }
}

function settingsFrom(env: Environment): Settings {
  const embedded = env.DATABASE_URL === undefined
  const appUrl = env.APP_URL ?? new URL(`http://localhost:${env.PORT}`)
  const sandboxPort = env.SANDBOX_PORT ?? env.PORT + 1
  const providerUrls = {
    outreach: env.OUTREACH_URL,
    envoyApi: env.ENVOY_API_URL,
    envoyApp: env.ENVOY_APP_URL,
    outstand: env.OUTSTAND_URL,
  }
  return {
    port: env.PORT,
    host: env.HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0'),
    appUrl,
    cookieSecure: appUrl.protocol === 'https:',
    embedded,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseMigrateUrl: env.DATABASE_MIGRATE_URL ?? null,
    pool: env.DATABASE_POOL,
    nextauthSecret: env.NEXTAUTH_SECRET ?? null,
    encryptionKeys: env.ENCRYPTION_KEYS ?? null,
    admin:
      env.ADMIN_EMAIL === undefined || env.ADMIN_PASSWORD === undefined
        ? null
        : { email: env.ADMIN_EMAIL.toLowerCase(), password: env.ADMIN_PASSWORD },
    sandbox: {
      on: (env.SANDBOX ?? (embedded ? 'on' : 'off')) === 'on',
      ports: {
        outreach: sandboxPort,
        envoy: sandboxPort + 1,
        outstand: sandboxPort + 2,
        control: sandboxPort + 3,
      },
    },
    rateProbe: env.RATE_PROBE === 'on',
    roles: env.ROLES,
    dataDir: resolve(env.DATA_DIR),
    providerUrls,
    environmentApps: environmentApps(env, providerUrls),
    smtp:
      env.SMTP_URL === undefined || env.MAIL_FROM === undefined
        ? null
        : { url: env.SMTP_URL, from: env.MAIL_FROM },
    oidc: oidcFrom(env),
    trustProxy: env.TRUST_PROXY,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
  }
}

function oidcFrom(env: Environment): Settings['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null
  return {
    issuer,
    clientId,
    clientSecret,
    allowedDomains: env.OIDC_ALLOWED_DOMAINS,
    defaultRole: env.OIDC_DEFAULT_ROLE,
  }
}
