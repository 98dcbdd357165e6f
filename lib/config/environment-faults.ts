import type { z } from 'zod'
import { environmentSchema, type VariableName } from './environment-schema'

/** Variables whose value may be shown in a fault: none that could hold a secret. */
const showable = new Set<string>([
  'PORT',
  'HOST',
  'DATABASE_POOL',
  'SANDBOX',
  'SANDBOX_PORT',
  'RATE_PROBE',
  'ROLES',
  'OUTREACH_ENVIRONMENT',
  'OUTSTAND_RATELIMIT',
  'OIDC_DEFAULT_ROLE',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'ADMIN_EMAIL',
  'MAIL_FROM',
])

type Present = Readonly<Partial<Record<string, string>>>

/** One line for each wrong variable, in the words of the schema. */
export function valueFaults(issues: readonly z.core.$ZodIssue[], given: Present): string[] {
  const faults = new Map<string, string>()
  for (const issue of issues) {
    const name = String(issue.path[0])
    const value = given[name]
    const shown = value !== undefined && showable.has(name) ? ` It is "${value.slice(0, 80)}".` : ''
    if (!faults.has(name)) faults.set(name, `${name} ${issue.message}.${shown}`)
  }
  return [...faults.values()]
}

/** Variables that mean nothing without another: `[given, needed, why]`. */
const together: readonly (readonly [VariableName, VariableName, string])[] = [
  ['DATABASE_URL', 'NEXTAUTH_SECRET', 'it signs sessions; make one with: openssl rand -base64 32'],
  [
    'DATABASE_URL',
    'ENCRYPTION_KEYS',
    'it seals the stored tokens; as id:base64, for example k1:$(openssl rand -base64 32)',
  ],
  ['DATABASE_MIGRATE_URL', 'DATABASE_URL', 'the first is a second role of the same database'],
  ['ADMIN_EMAIL', 'ADMIN_PASSWORD', 'both together make the first admin'],
  ['ADMIN_PASSWORD', 'ADMIN_EMAIL', 'both together make the first admin'],
  ['OUTREACH_CLIENT_ID', 'OUTREACH_CLIENT_SECRET', 'Outreach shows both when the app is made'],
  ['OUTREACH_CLIENT_SECRET', 'OUTREACH_CLIENT_ID', 'Outreach shows both when the app is made'],
  ['OUTREACH_DEV_CLIENT_ID', 'OUTREACH_DEV_CLIENT_SECRET', 'they are the development credentials of one app'],
  ['OUTREACH_DEV_CLIENT_SECRET', 'OUTREACH_DEV_CLIENT_ID', 'they are the development credentials of one app'],
  ['OUTREACH_S2S_GUID', 'OUTREACH_S2S_PRIVATE_KEY', 'app tokens are signed with it'],
  ['OUTREACH_S2S_PRIVATE_KEY', 'OUTREACH_S2S_GUID', 'it is the issuer of the app token'],
  ['ENVOY_CLIENT_ID', 'ENVOY_CLIENT_SECRET', 'Envoy shows both in its developer portal'],
  ['ENVOY_CLIENT_SECRET', 'ENVOY_CLIENT_ID', 'Envoy shows both in its developer portal'],
  ['OUTSTAND_CLIENT_ID', 'OUTSTAND_CLIENT_SECRET', 'Outstand shows both when the app is made'],
  ['OUTSTAND_CLIENT_SECRET', 'OUTSTAND_CLIENT_ID', 'Outstand shows both when the app is made'],
  ['SMTP_URL', 'MAIL_FROM', 'it is the sender of the mail'],
  ['MAIL_FROM', 'SMTP_URL', 'it is the server that sends the mail'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'sign-in needs the issuer, a client id and its secret'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_SECRET', 'sign-in needs the issuer, a client id and its secret'],
  ['OIDC_CLIENT_ID', 'OIDC_ISSUER', 'sign-in needs the issuer, a client id and its secret'],
  ['OIDC_CLIENT_SECRET', 'OIDC_ISSUER', 'sign-in needs the issuer, a client id and its secret'],
]

/** One line for each variable that is missing beside another. */
export function pairFaults(given: Present): string[] {
  const faults = new Map<string, string>()
  for (const [name, needed, why] of together)
    if (given[name] !== undefined && given[needed] === undefined && !faults.has(needed))
      faults.set(needed, `${needed} must be set when ${name} is: ${why}.`)
  return [...faults.values()]
}

/** The sandbox takes four ports in a row, and PORT must not be one of them. */
export function portFaults(given: Present): string[] {
  const on = given.SANDBOX === 'on' || (given.SANDBOX === undefined && given.DATABASE_URL === undefined)
  const { PORT, SANDBOX_PORT } = environmentSchema.shape
  const port = PORT.safeParse(given.PORT)
  const chosen = SANDBOX_PORT.safeParse(given.SANDBOX_PORT)
  if (!on || !port.success || !chosen.success) return []
  const first = chosen.data ?? port.data + 1
  const last = first + 3
  if (last <= 65_535 && (port.data < first || port.data > last)) return []
  return [
    `SANDBOX_PORT must leave four ports in a row below 65536, and PORT must not be one of them. They are ${first} to ${last}, and PORT is ${port.data}.`,
  ]
}
