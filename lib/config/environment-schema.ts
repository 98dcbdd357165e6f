import { isIP, isIPv4 } from 'node:net'
import { z } from 'zod'
import { Secret } from '../core/secret'
import type { AgreedLimit, EncryptionKey, ProcessRole, TrustedNetwork } from './config'
import { isLoopback } from './loopback'

/**
 * The environment, one entry for each variable (design, section 7). Each message completes the sentence "NAME …";
 * an empty value counts as not set, as compose files leave them.
 */
export const environmentSchema = z.object({
  PORT: wholeNumber(1, 65_535, '3000').default(3000),
  HOST: text(/^\S+$/, 'must be an address to listen on, for example 127.0.0.1 or 0.0.0.0').optional(),
  APP_URL: z.string().transform(publicUrl).optional(),
  DATABASE_URL: databaseUrl().optional(),
  DATABASE_MIGRATE_URL: databaseUrl().optional(),
  DATABASE_POOL: wholeNumber(2, 500, '10').default(10),
  NEXTAUTH_SECRET: secret(
    (value) => value.length >= 32,
    'must be at least 32 characters, for example from: openssl rand -base64 32',
  ).optional(),
  ENCRYPTION_KEYS: z.string().transform(encryptionKeys).optional(),
  ADMIN_EMAIL: text(
    /^[^\s@]+@[^\s@]+$/,
    'must be an e-mail address, for example admin@example.com',
  ).optional(),
  ADMIN_PASSWORD: secret((value) => value.length >= 12, 'must be at least 12 characters').optional(),
  SANDBOX: z.enum(['on', 'off'], 'must be on or off').optional(),
  SANDBOX_PORT: wholeNumber(1, 65_532, '3001').optional(),
  RATE_PROBE: z.enum(['on', 'off'], 'must be on or off').default('on'),
  ROLES: z.string().default('web,worker').transform(roles),
  DATA_DIR: z.string().default('.data'),
  OUTREACH_URL: baseUrl('https://api.outreach.io'),
  ENVOY_API_URL: baseUrl('https://api.envoy.com'),
  ENVOY_APP_URL: baseUrl('https://app.envoy.com'),
  OUTSTAND_URL: baseUrl('https://app.outstand.com'),
  OUTREACH_CLIENT_ID: z.string().optional(),
  OUTREACH_CLIENT_SECRET: secret().optional(),
  OUTREACH_SCOPES: scopes(),
  OUTREACH_ENVIRONMENT: z
    .enum(['production', 'development'], 'must be production or development')
    .default('production'),
  OUTREACH_S2S_GUID: z.string().optional(),
  OUTREACH_S2S_PRIVATE_KEY: secret().optional(),
  OUTREACH_WEBHOOK_SECRET: secret().optional(),
  OUTREACH_DEV_CLIENT_ID: z.string().optional(),
  OUTREACH_DEV_CLIENT_SECRET: secret().optional(),
  ENVOY_CLIENT_ID: z.string().optional(),
  ENVOY_CLIENT_SECRET: secret().optional(),
  ENVOY_SCOPES: scopes(),
  ENVOY_INSTALL_URL: z.string().transform(webUrl).optional(),
  OUTSTAND_CLIENT_ID: z.string().optional(),
  OUTSTAND_CLIENT_SECRET: secret().optional(),
  OUTSTAND_SCOPES: scopes(),
  OUTSTAND_WEBHOOK_SECRET: secret().optional(),
  OUTSTAND_RATELIMIT_BYPASS: secret().optional(),
  OUTSTAND_RATELIMIT: z.string().transform(agreedLimit).optional(),
  SMTP_URL: secret(
    (value) => hasProtocol(value, ['smtp:', 'smtps:']) && isHostWithLogin(new URL(value)),
    'must look like smtps://user:password@host:465, with % and other signs of the login percent-encoded',
  ).optional(),
  MAIL_FROM: text(/@/, 'must be a sender, for example Patchbay <patchbay@example.com>').optional(),
  OIDC_ISSUER: z.string().transform(webUrl).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: secret().optional(),
  OIDC_ALLOWED_DOMAINS: z
    .string()
    .default('')
    .transform((value) => words(value).map((domain) => domain.toLowerCase().replace(/^@/, ''))),
  OIDC_DEFAULT_ROLE: z.enum(['viewer', 'admin'], 'must be viewer or admin').default('viewer'),
  TRUST_PROXY: z.string().default('').transform(trustedNetworks),
  METRICS_TOKEN: secret((value) => value.length >= 16, 'must be at least 16 characters').optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    )
    .default('info'),
})

export type Environment = z.infer<typeof environmentSchema>
export type VariableName = keyof Environment

function text(pattern: RegExp, words: string) {
  return z.string().regex(pattern, words)
}

function secret(accept: (value: string) => boolean = () => true, words = 'is not valid') {
  return z.string().refine(accept, words).transform(Secret.of)
}

function wholeNumber(min: number, max: number, example: string) {
  const words = `must be a whole number from ${min} to ${max}, for example ${example}`
  return z
    .string()
    .regex(/^\d{1,9}$/, words)
    .transform(Number)
    .refine((value) => value >= min && value <= max, words)
}

function databaseUrl() {
  return secret(
    (value) => hasProtocol(value, ['postgres:', 'postgresql:']),
    'must look like postgresql://user:password@host:5432/database',
  )
}

function baseUrl(standard: string) {
  return z.string().default(standard).transform(webUrl)
}

function scopes() {
  return z.string().default('').transform(words)
}

function words(list: string): string[] {
  return [...new Set(list.split(/[\s,]+/).filter((word) => word !== ''))]
}

function hasProtocol(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol)
}

function isHostWithLogin({ hostname, username, password }: URL): boolean {
  try {
    return hostname !== '' && [username, password].every((part) => decodeURIComponent(part) !== null)
  } catch {
    return false
  }
}

type Context = z.RefinementCtx<string>

function refuse(context: Context, words: string): never {
  context.addIssue({ code: 'custom', message: words })
  return z.NEVER
}

function webUrl(value: string, context: Context): string {
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    return refuse(context, 'must be a URL such as https://api.example.com')
  if (url.username !== '' || url.password !== '') return refuse(context, 'must hold no user or password')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return refuse(
      context,
      'must begin with https:// (plain http is for this machine only: localhost, 127.0.0.1)',
    )
  return url.href.replace(/\/+$/, '')
}

function publicUrl(value: string, context: Context): URL {
  const href = webUrl(value, context)
  if (!URL.canParse(href)) return z.NEVER
  const url = new URL(href)
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return refuse(context, `must end after the host and port, for example ${url.origin}`)
  return url
}

function encryptionKeys(value: string, context: Context): EncryptionKey[] {
  const form = 'must be id:base64[,id:base64…], each key 32 bytes; make one with: openssl rand -base64 32'
  const keys: EncryptionKey[] = []
  for (const entry of value.split(',')) {
    const [, id, key] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)\s*$/.exec(entry) ?? []
    if (id === undefined || key === undefined) return refuse(context, form)
    if (keys.some((known) => known.id === id)) return refuse(context, `names the key ${id} twice`)
    keys.push({ id, key: Secret.of(key) })
  }
  return keys
}

function roles(value: string, context: Context): ProcessRole[] {
  const named = words(value)
  const known = (['web', 'worker'] as const).filter((role) => named.includes(role))
  if (known.length === 0 || known.length !== named.length)
    return refuse(context, 'must be web, worker or web,worker')
  return known
}

function agreedLimit(value: string, context: Context): AgreedLimit {
  const [, limit, windowS] = /^([1-9]\d{0,8})\/([1-9]\d{0,5})s$/.exec(value) ?? []
  if (limit === undefined || windowS === undefined)
    return refuse(context, 'must be calls per seconds, for example 1200/300s')
  return { limit: Number(limit), windowS: Number(windowS) }
}

function trustedNetworks(value: string, context: Context): TrustedNetwork[] {
  const networks: TrustedNetwork[] = []
  for (const word of words(value)) {
    const [address = '', prefixText, rest] = word.split('/')
    const bits = isIPv4(address) ? 32 : 128
    const prefix = prefixText === undefined ? bits : Number(prefixText)
    if (
      isIP(address) === 0 ||
      rest !== undefined ||
      !(Number.isInteger(prefix) && prefix >= 0 && prefix <= bits)
    )
      return refuse(context, 'must list addresses or networks, for example 10.0.0.0/8, 192.168.1.5')
    networks.push({ address, prefix, family: bits === 32 ? 'ipv4' : 'ipv6' })
  }
  return networks
}
