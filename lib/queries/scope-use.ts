import { type Actor, requireRole } from '../core/actor'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'
import { otherRoute } from '../rate-limits/usage-tally'
import { type UnusedScopes, unusedScopes } from './unused-scopes'

const spanMs = 30 * 24 * 60 * 60_000
/** Fewer calls say little of what a program does in a month. */
const callsMin = 20

export type ScopeUseView =
  | { kind: 'too_few'; calls: number; callsMin: number }
  /** Programs read the token itself: what they call with it is not seen. */
  | { kind: 'token_reads'; reads: number }
  /** Of some calls the route was not kept: what those needed is not known. */
  | { kind: 'routes_not_kept'; calls: number }
  | ({
      kind: 'known'
      /** The first call that was counted. */
      since: Date
      calls: number
      /** What a reconnect may ask for, ticked where it was needed; `null` where the grant's scopes belong to the app. */
      choices: { scope: string; needed: boolean }[] | null
    } & UnusedScopes)

/**
 * Which granted scopes the calls of the last 30 days never needed.
 *
 * @returns `null` when there is no such live connection, its provider's paths do not tell, or it does not report scopes
 * @throws PatchbayError `forbidden`
 */
export async function scopeUse(
  deps: Pick<Deps, 'db' | 'sql' | 'clock' | 'providers'>,
  actor: Actor,
  connectionId: string,
): Promise<ScopeUseView | null> {
  requireRole(actor, 'viewer')
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId, lifecycle: 'live', scopesReported: true },
    select: {
      provider: true,
      grantKind: true,
      grantedScopes: true,
      requestedScopes: true,
      app: { select: { scopes: true, grants: true } },
    },
  })
  const provider = row && deps.providers.get(row.provider)
  if (!row || !provider?.scopeUse) return null
  const from = new Date(deps.clock.now().getTime() - spanMs)
  const reads = await deps.db.tokenRead.aggregate({
    where: { connectionId, minute: { gte: from } },
    _sum: { reads: true },
  })
  if (reads._sum.reads) return { kind: 'token_reads', reads: reads._sum.reads }
  const routes = await deps.sql.run<RouteRow>(statement, [connectionId, from])
  const calls = callsOf(routes)
  if (calls < callsMin) return { kind: 'too_few', calls, callsMin }
  const unkept = routes.filter(({ route }) => route === otherRoute)
  if (unkept.length > 0) return { kind: 'routes_not_kept', calls: callsOf(unkept) }
  const { scopeNeeded, judges } = provider.scopeUse
  const needed = new Set(routes.flatMap(({ method, route }) => scopeNeeded(method, route) ?? []))
  const known = provider.scopes(row.app, row.grantKind).entries.map(({ scope }) => scope)
  const found = unusedScopes(row.grantedScopes, needed, { known, judges, covers: provider.covers })
  const offered = row.requestedScopes.filter((scope) => row.app.scopes.includes(scope))
  return {
    kind: 'known',
    since: new Date(Math.min(...routes.map(({ first }) => first.getTime()))),
    calls,
    choices:
      row.grantKind === 'oauth_code'
        ? offered.map((scope) => ({ scope, needed: !found.unused.includes(scope) }))
        : null,
    ...found,
  }
}

type RouteRow = { method: string; route: string; calls: number; first: Date }

function callsOf(routes: readonly RouteRow[]): number {
  return routes.reduce((sum, { calls }) => sum + calls, 0)
}

/** A call that Patchbay held back needed nothing yet. */
const statement: NamedStatement = {
  name: 'scope_use_routes',
  text: `
    SELECT method, route, sum(ok + refused + limited + failed)::float8 AS calls, min(minute) AS first
    FROM usage_minute WHERE connection_id = $1 AND minute >= $2
    GROUP BY method, route HAVING sum(ok + refused + limited + failed) > 0`,
}
