import { type Actor, hasRole, requireRole } from '../core/actor'
import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { appReadiness, type GrantReadiness, isReady } from '../provider-apps/app-readiness'
import { ownUrls } from '../provider-apps/app-urls'
import { parseCheck } from '../provider-apps/check-result'
import {
  type DevelopmentGrants,
  developmentGrants,
  grantOfPerson,
  grantSelect,
} from '../provider-apps/development-grants'
import { type AppOrigin, readOnlyReason } from '../provider-apps/editable-app'
import type { SecretField } from '../provider-apps/sealed-fields'
import { storedSecrets } from '../provider-apps/stored-secrets'
import { type UrlCheck, urlChecks } from '../provider-apps/url-checks'
import type { AppCheck, ScopeCatalogue } from '../providers/contract'
import { connectionCounts, type ProviderAppRow } from './providers-page'

export type SecretState = { isSet: boolean; replacedAt: Date | null }

export type ProviderAppPage = {
  id: string
  name: string
  provider: ProviderId
  environment: Environment
  origin: AppOrigin
  grants: GrantKind[]
  possibleGrants: GrantKind[]
  baseUrl: string
  browserUrl: string | null
  clientId: string | null
  s2sGuid: string | null
  publicKeyPem: string | null
  installUrl: string | null
  pluginId: string | null
  owningOrgId: string | null
  owningOrgName: string | null
  agreedLimit: { limit: number; windowS: number } | null
  secrets: Record<SecretField, SecretState>
  /** Why nobody may edit it here; `null`: an admin may. */
  readOnly: string | null
  mayEdit: boolean
  mayCheck: boolean
  fault: { at: Date; words: string } | null
  check: (AppCheck & { at: Date }) | null
  readiness: GrantReadiness[]
  ready: boolean
  urls: { kind: keyof ReturnType<typeof ownUrls>; url: string; where: string; checks: UrlCheck[] }[]
  lastWebhookAt: Date | null
  reach: { grant: GrantKind; words: string }[]
  scopes: ScopePicker | null
  /** S2S scopes are not asked for in a request: what is said of them. */
  s2sScopeNote: string | null
  connections: ProviderAppRow['connections']
  /** The newest of them, at most five. */
  newest: { id: string; name: string }[]
  development: { note: string; grants: DevelopmentGrants } | null
}

/** The scopes of the app's code grant beside the provider's catalogue. */
export type ScopePicker = {
  catalogue: ScopeCatalogue
  picked: string[]
  /** Picked ones that the catalogue does not know. */
  others: string[]
  /** Scopes that write what nothing picked may read. */
  writeOnly: string[]
}

const appSelect = {
  id: true,
  slug: true,
  name: true,
  provider: true,
  environment: true,
  origin: true,
  grants: true,
  baseUrl: true,
  browserUrl: true,
  clientId: true,
  scopes: true,
  s2sGuid: true,
  s2sPublicKeyPem: true,
  installUrl: true,
  pluginId: true,
  owningOrgId: true,
  owningOrgName: true,
  agreedLimit: true,
  agreedWindowS: true,
  faultAt: true,
  faultWords: true,
  checkedAt: true,
  checkResult: true,
  lastWebhookAt: true,
  createdAt: true,
} as const

/** One provider app with all that may be shown of it. @returns `null`: there is none @throws PatchbayError `forbidden` */
export async function providerAppPage(
  deps: Pick<Deps, 'db' | 'providers' | 'config'>,
  actor: Actor,
  appId: string,
): Promise<ProviderAppPage | null> {
  requireRole(actor, 'viewer')
  const row = await deps.db.providerApp.findFirst({
    where: { id: appId, hiddenAt: null },
    select: appSelect,
  })
  if (!row) return null
  const { slug, scopes, s2sPublicKeyPem, agreedLimit, agreedWindowS, faultAt, faultWords, ...facts } = row
  const { checkedAt, checkResult, createdAt, ...plain } = facts
  const provider = deps.providers.get(row.provider)
  const { manifest } = provider
  const [secretsOf, countsOf, replaced, newest, development] = await Promise.all([
    storedSecrets(deps.db, [appId]),
    connectionCounts(deps.db, [appId]),
    replacedAt(deps.db, appId),
    newestConnections(deps.db, appId),
    row.environment === 'development' && manifest.developmentNote
      ? developmentOf(deps.db, row, manifest.developmentNote)
      : null,
  ])
  const stored = secretsOf(appId)
  const secret = (field: SecretField) => ({
    isSet: stored[field],
    replacedAt: stored[field] ? (replaced.get(field) ?? null) : null,
  })
  const readiness = appReadiness({
    ...row,
    hasClientSecret: stored.clientSecret,
    hasPrivateKey: stored.s2sPrivateKey,
    hasWebhookSecret: stored.webhookSecret,
  })
  const urls = ownUrls(deps.config.appUrl, row)
  const needs = manifest.urls(row.grants)
  const checks = urlChecks({ ...row, urls, needs })
  const check = parseCheck(checkResult)
  const readOnly = readOnlyReason(row.origin)
  const admin = hasRole(actor, 'admin')
  return {
    ...plain,
    publicKeyPem: s2sPublicKeyPem,
    agreedLimit: agreedLimit && agreedWindowS ? { limit: agreedLimit, windowS: agreedWindowS } : null,
    possibleGrants: [...provider.grants],
    secrets: {
      clientSecret: secret('clientSecret'),
      s2sPrivateKey: secret('s2sPrivateKey'),
      webhookSecret: secret('webhookSecret'),
      rateLimitBypass: secret('rateLimitBypass'),
    },
    readOnly,
    mayEdit: admin && readOnly === null,
    mayCheck: admin,
    fault: faultAt && { at: faultAt, words: faultWords ?? 'The provider refuses its credentials.' },
    check: check && checkedAt && { ...check, at: checkedAt },
    readiness,
    ready: isReady(readiness),
    urls: (['redirect', 'webhook', 'landing'] as const).flatMap((kind) => {
      const where = needs[kind]
      return where === null
        ? []
        : [{ kind, where, url: urls[kind], checks: checks.filter((each) => each.url === kind) }]
    }),
    reach: row.grants.flatMap((grant) => {
      const words = manifest.reach(grant)
      return words === null ? [] : [{ grant, words }]
    }),
    scopes: row.grants.includes('oauth_code')
      ? scopePicker(provider.scopes(row, 'oauth_code'), scopes, provider.covers)
      : null,
    s2sScopeNote: row.grants.includes('s2s') ? provider.scopes(row, 's2s').note : null,
    connections: countsOf(appId),
    newest,
    development,
  }
}

function scopePicker(
  catalogue: ScopeCatalogue,
  picked: readonly string[],
  covers: (granted: string, requested: string) => boolean,
): ScopePicker {
  const known = new Set([...catalogue.entries.map((entry) => entry.scope), ...catalogue.always])
  const writeOnly = picked.filter((scope) => {
    const read = /\.write$/.test(scope) ? scope.replace(/\.write$/, '.read') : null
    return read !== null && known.has(read) && !picked.some((have) => covers(have, read))
  })
  return { catalogue, picked: [...picked], others: picked.filter((scope) => !known.has(scope)), writeOnly }
}

/** When each secret was last put in its place, from the audit trail. */
async function replacedAt(db: Deps['db'], appId: string): Promise<ReadonlyMap<string, Date>> {
  const events = await db.auditEvent.findMany({
    where: {
      subjectKind: 'provider_app',
      subjectId: appId,
      action: {
        in: ['provider_app.secret_replaced', 'provider_app.key_made', 'provider_app.key_imported'],
      },
    },
    orderBy: { at: 'desc' },
    take: 100,
    select: { at: true, action: true, detail: true },
  })
  const newest = new Map<string, Date>()
  for (const { at, action, detail } of events) {
    const field = action === 'provider_app.secret_replaced' ? fieldOf(detail) : 's2sPrivateKey'
    if (field && !newest.has(field)) newest.set(field, at)
  }
  return newest
}

function fieldOf(detail: unknown): string | null {
  const field: unknown = typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'field') : null
  return typeof field === 'string' ? field : null
}

async function newestConnections(db: Deps['db'], appId: string): Promise<{ id: string; name: string }[]> {
  const rows = await db.connection.findMany({
    where: { appId, lifecycle: 'live' },
    orderBy: { id: 'desc' },
    take: 5,
    select: { id: true, label: true, accountName: true },
  })
  return rows.map(({ id, label, accountName }) => ({ id, name: label ?? accountName }))
}

async function developmentOf(
  db: Deps['db'],
  app: { id: string; owningOrgId: string | null; owningOrgName: string | null },
  note: string,
): Promise<{ note: string; grants: DevelopmentGrants }> {
  const connections = await db.connection.findMany({
    where: { appId: app.id, grantKind: 'oauth_code', lifecycle: 'live' },
    orderBy: [{ consentAt: 'asc' }, { id: 'asc' }],
    take: 200,
    select: grantSelect,
  })
  const people = connections.map(grantOfPerson)
  return { note, grants: developmentGrants({ id: app.owningOrgId, name: app.owningOrgName }, people) }
}
