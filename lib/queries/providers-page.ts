import { type Actor, hasRole, requireRole } from '../core/actor'
import { type Environment, type GrantKind, type ProviderId, providerIds } from '../core/provider'
import { type ConnectionStatus, connectionStatuses, needsPerson } from '../core/status'
import type { Deps } from '../deps'
import { appReadiness, isReady } from '../provider-apps/app-readiness'
import type { AppOrigin } from '../provider-apps/editable-app'
import { storedSecrets } from '../provider-apps/stored-secrets'

export type ProviderAppRow = {
  id: string
  name: string
  environment: Environment
  origin: AppOrigin
  grants: GrantKind[]
  host: string
  /** `draft`: no grant of it can be connected yet; `partial`: some can. */
  state: 'draft' | 'partial' | 'ready' | 'fault'
  /** What a draft lacks, in words. */
  missing: string[]
  faultWords: string | null
  checkedAt: Date | null
  connections: { live: number; attention: number; waiting: number }
}

export type ProvidersPage = {
  groups: { provider: ProviderId; apps: ProviderAppRow[] }[]
  /** Whether the actor may add apps. */
  mayEdit: boolean
}

const order: Record<Environment, number> = { production: 0, development: 1, sandbox: 2 }

/** All provider apps that are in use, by provider and environment. @throws PatchbayError `forbidden` */
export async function providersPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  only: { provider?: ProviderId } = {},
): Promise<ProvidersPage> {
  requireRole(actor, 'viewer')
  const apps = await deps.db.providerApp.findMany({
    where: { hiddenAt: null, ...only },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      provider: true,
      environment: true,
      origin: true,
      grants: true,
      baseUrl: true,
      clientId: true,
      scopes: true,
      s2sGuid: true,
      installUrl: true,
      faultAt: true,
      faultWords: true,
      checkedAt: true,
    },
  })
  const ids = apps.map((app) => app.id)
  const [secretsOf, countsOf] = await Promise.all([
    storedSecrets(deps.db, ids),
    connectionCounts(deps.db, ids),
  ])
  const rows = apps.map((app) => {
    const secrets = secretsOf(app.id)
    const readiness = appReadiness({
      ...app,
      hasClientSecret: secrets.clientSecret,
      hasPrivateKey: secrets.s2sPrivateKey,
      hasWebhookSecret: secrets.webhookSecret,
    })
    const missing = [...new Set(readiness.flatMap((grant) => grant.missing))]
    const { id, name, provider, environment, origin, grants, faultAt, faultWords, checkedAt } = app
    const state: ProviderAppRow['state'] = faultAt
      ? 'fault'
      : missing.length === 0
        ? 'ready'
        : isReady(readiness)
          ? 'partial'
          : 'draft'
    const host = new URL(app.baseUrl).host
    const connections = countsOf(id)
    return {
      provider,
      row: {
        id,
        name,
        environment,
        origin,
        grants,
        host,
        state,
        missing,
        faultWords,
        checkedAt,
        connections,
      },
    }
  })
  return {
    mayEdit: hasRole(actor, 'admin'),
    groups: providerIds.map((provider) => ({
      provider,
      apps: rows
        .filter((each) => each.provider === provider)
        .map(({ row }) => row)
        .sort((a, b) => order[a.environment] - order[b.environment]),
    })),
  }
}

/** Live connections of each app, those that need a person among them, and those that wait to be accepted. */
export async function connectionCounts(
  db: Deps['db'],
  appIds: readonly string[],
): Promise<(appId: string) => ProviderAppRow['connections']> {
  const groups = await db.connection.groupBy({
    by: ['appId', 'lifecycle', 'ownStatus'],
    where: { appId: { in: [...appIds] }, lifecycle: { in: ['live', 'pending'] } },
    _count: { _all: true },
  })
  return (appId) => {
    const own = groups.filter((group) => group.appId === appId)
    const live = own.filter((group) => group.lifecycle === 'live')
    return {
      live: sum(live),
      attention: sum(live.filter((group) => isStatus(group.ownStatus) && needsPerson(group.ownStatus))),
      waiting: sum(own.filter((group) => group.lifecycle === 'pending')),
    }
  }
}

function sum(groups: readonly { _count: { _all: number } }[]): number {
  return groups.reduce((total, group) => total + group._count._all, 0)
}

function isStatus(text: string): text is ConnectionStatus {
  return connectionStatuses.some((status) => status === text)
}
