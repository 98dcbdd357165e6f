import { PatchbayError } from '../core/errors'
import { listed } from '../core/listed'
import { type GrantKind, type ProviderId, providerNames } from '../core/provider'
import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'

export type AppChoice = {
  provider: ProviderId
  /** Id or slug. */
  app: string | null
  grant: GrantKind | null
  /** The connection to reconnect: its app and grant are used. */
  connectionId: string | null
}

export type ChosenApp = {
  appId: string
  grant: GrantKind
  reconnect: { id: string; name: string; requestedScopes: string[] } | null
}

/**
 * Finds the provider app and grant that a press of Connect means; each may be left out where there is only one.
 *
 * @throws PatchbayError `not_found`, `invalid_input` where a choice is needed, `conflict` for an app that is hidden
 */
export async function chooseApp(deps: Pick<Deps, 'db'>, choice: AppChoice): Promise<ChosenApp> {
  if (choice.connectionId) return reconnectApp(deps, choice.provider, choice.connectionId)
  const { provider, app: named } = choice
  const apps = await deps.db.providerApp.findMany({
    where: { provider, hiddenAt: null, ...(named ? { OR: [{ id: named }, { slug: named }] } : {}) },
    select: { id: true, grants: true },
    take: 2,
  })
  const [app, second] = apps
  if (!app) {
    const words = named
      ? 'There is no such provider app.'
      : `There is no provider app for ${providerNames[provider]} yet: enter one under Providers.`
    throw new PatchbayError('not_found', words)
  }
  if (second)
    throw new PatchbayError('invalid_input', 'There are several provider apps: choose one.', { field: 'app' })
  return { appId: app.id, grant: chooseGrant(app.grants, choice.grant), reconnect: null }
}

function chooseGrant(grants: readonly GrantKind[], asked: GrantKind | null): GrantKind {
  const grant = asked ?? grants[0]
  if (!grant || !grants.includes(grant)) {
    throw new PatchbayError('invalid_input', 'The provider app cannot do this kind of grant.', {
      field: 'grant',
    })
  }
  if (!asked && grants.length > 1) {
    throw new PatchbayError('invalid_input', 'The provider app can do several kinds of grant: choose one.', {
      field: 'grant',
    })
  }
  return grant
}

async function reconnectApp(
  deps: Pick<Deps, 'db'>,
  provider: ProviderId,
  connectionId: string,
): Promise<ChosenApp> {
  const row = await deps.db.connection.findFirst({
    where: { id: connectionId, provider, lifecycle: { in: ['live', 'disconnected'] } },
    select: {
      id: true,
      appId: true,
      grantKind: true,
      label: true,
      accountName: true,
      requestedScopes: true,
      app: { select: { hiddenAt: true } },
    },
  })
  if (!row) throw new PatchbayError('not_found', 'There is no such connection to reconnect.')
  if (row.app.hiddenAt) {
    throw new PatchbayError(
      'conflict',
      'The provider app of this connection is no longer there: connect it anew.',
    )
  }
  const reconnect = { id: row.id, name: row.label ?? row.accountName, requestedScopes: row.requestedScopes }
  return { appId: row.appId, grant: row.grantKind, reconnect }
}

/** @throws PatchbayError `provider_app_incomplete`, naming what is missing */
export function requireComplete(app: OpenApp, grant: GrantKind): void {
  const missing = grant === 's2s' ? missingForInstall(app) : missingForClient(app)
  if (missing.length === 0) return
  throw new PatchbayError(
    'provider_app_incomplete',
    `The provider app ${app.name} is not complete. Missing: ${listed(missing)}.`,
    { appId: app.id },
  )
}

function missingForInstall(app: OpenApp): string[] {
  return [...(app.s2sGuid ? [] : ['the S2S GUID']), ...(app.s2sPrivateKey ? [] : ['the private key'])]
}

function missingForClient(app: OpenApp): string[] {
  return [...(app.clientId ? [] : ['the client id']), ...(app.clientSecret ? [] : ['the client secret'])]
}
