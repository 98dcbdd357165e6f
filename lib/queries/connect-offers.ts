import { type Actor, requireRole } from '../core/actor'
import { listed } from '../core/listed'
import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Deps } from '../deps'

/** One thing that Connect can do: an app and one of its grants. */
export type ConnectOffer = {
  /** Unique among the offers: app and grant. */
  key: string
  appId: string
  appName: string
  environment: Environment
  /** An app of the local sandbox: no real company stands behind it. */
  isSandbox: boolean
  grant: GrantKind
  /** `consent`: a person consents in the browser; `install`: the app is installed at the provider; `application`: nobody is asked. */
  way: 'consent' | 'install' | 'application'
  /** What may be unticked before leaving; `always` are asked for in any case. Empty where the provider decides. */
  scopes: string[]
  always: string[]
  /** What is missing, `null` for an app that can be used. */
  why: string | null
  /** What a development app may not do. */
  warning: string | null
}

const ways = {
  oauth_code: 'consent',
  s2s: 'install',
  plugin_install: 'install',
  client_credentials: 'application',
} as const satisfies Record<GrantKind, ConnectOffer['way']>

/** Production is the default; development needs a second look, so it comes last. */
const order: Record<Environment, number> = { production: 0, sandbox: 1, development: 2 }

/**
 * What Connect offers for each provider: usable apps first, production before the others.
 *
 * @throws PatchbayError `forbidden`
 */
export async function connectOffers(
  deps: Pick<Deps, 'db' | 'providers'>,
  actor: Actor,
): Promise<Record<ProviderId, ConnectOffer[]>> {
  requireRole(actor, 'viewer')
  const [apps, withoutSecret, withoutKey] = await Promise.all([
    deps.db.providerApp.findMany({
      where: { hiddenAt: null },
      orderBy: { name: 'asc' },
      select: {
        id: true,
        provider: true,
        environment: true,
        origin: true,
        name: true,
        grants: true,
        clientId: true,
        s2sGuid: true,
        scopes: true,
      },
    }),
    idsWhere(deps, { clientSecretSealed: null }),
    idsWhere(deps, { s2sPrivateKeySealed: null }),
  ])
  const offers: Record<ProviderId, ConnectOffer[]> = { outreach: [], envoy: [], outstand: [] }
  for (const app of apps) {
    const provider = deps.providers.get(app.provider)
    for (const grant of app.grants) {
      const { always, never = [], required } = provider.scopes(app, grant)
      const way = ways[grant]
      const missing = missingOf(grant, {
        id: app.clientId !== null,
        secret: !withoutSecret.has(app.id),
        guid: app.s2sGuid !== null,
        key: !withoutKey.has(app.id),
        scopes: !required || way !== 'consent' || app.scopes.length + always.length > 0,
      })
      offers[app.provider].push({
        key: `${app.id}:${grant}`,
        appId: app.id,
        appName: app.name,
        environment: app.environment,
        isSandbox: app.origin === 'sandbox',
        grant,
        way,
        scopes:
          way === 'install'
            ? []
            : app.scopes.filter((scope) => !always.includes(scope) && !never.includes(scope)),
        always: way === 'install' ? [] : [...always],
        why: missing.length > 0 ? `Not complete yet. Missing: ${listed(missing)}.` : null,
        warning: app.environment === 'development' ? provider.manifest.developmentNote : null,
      })
    }
  }
  for (const list of Object.values(offers)) {
    list.sort(
      (a, b) =>
        Number(a.why !== null) - Number(b.why !== null) || order[a.environment] - order[b.environment],
    )
  }
  return offers
}

/** The same that a press of Connect would refuse (lib/connections/choose-app.ts). */
function missingOf(
  grant: GrantKind,
  has: { id: boolean; secret: boolean; guid: boolean; key: boolean; scopes: boolean },
): string[] {
  const entered =
    grant === 's2s'
      ? [has.guid ? [] : ['the S2S GUID'], has.key ? [] : ['the private key']]
      : [has.id ? [] : ['the client id'], has.secret ? [] : ['the client secret']]
  return [...entered, has.scopes ? [] : ['scopes']].flat()
}

async function idsWhere(
  deps: Pick<Deps, 'db'>,
  where: { clientSecretSealed: null } | { s2sPrivateKeySealed: null },
): Promise<Set<string>> {
  const rows = await deps.db.providerApp.findMany({
    where: { hiddenAt: null, ...where },
    select: { id: true },
  })
  return new Set(rows.map((row) => row.id))
}
