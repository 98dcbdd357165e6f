import { type Actor, requireRole } from '../core/actor'
import { groupScopes, type ScopeGroups } from '../core/scopes'
import type { Deps } from '../deps'

export type ConnectionScopes = {
  groups: ScopeGroups
  /** How an admin grants a scope that is missing. */
  hint: string
  /** Of the provider's catalogue, where it has one. */
  note: string | null
}

/**
 * A connection's scopes in three groups.
 *
 * @returns `null` when there is no such connection
 * @throws PatchbayError `forbidden`
 */
export async function connectionScopes(
  deps: Pick<Deps, 'db' | 'providers'>,
  actor: Actor,
  connectionId: string,
): Promise<ConnectionScopes | null> {
  requireRole(actor, 'viewer')
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: {
      provider: true,
      grantKind: true,
      grantedScopes: true,
      scopesReported: true,
      requestedScopes: true,
      app: { select: { environment: true, grants: true } },
    },
  })
  if (!row) return null
  const provider = deps.providers.get(row.provider)
  const granted = row.scopesReported ? row.grantedScopes : null
  return {
    groups: groupScopes(granted, row.requestedScopes, provider.covers),
    hint: provider.manifest.missingScopeHint(row.app.environment),
    note: provider.scopes(row.app, row.grantKind).note,
  }
}
