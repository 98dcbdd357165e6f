import { type Actor, requireRole } from '../core/actor'
import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { connectionsPage } from './connections-page'

/** A connection that a key may be limited to. */
export type ReachableConnection = { id: string; name: string; detail: string; provider: ProviderId }

/** `hasMore`: further ones fit than those. */
export type ReachableConnections = { connections: ReachableConnection[]; hasMore: boolean }

/** The first fifty connections that a search finds, by name: to choose some for an API key. @throws PatchbayError `forbidden` */
export async function reachableConnections(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  actor: Actor,
  search: string,
): Promise<ReachableConnections> {
  requireRole(actor, 'admin')
  const { rows, next } = await connectionsPage(deps, actor, {
    search: search.slice(0, 200),
    providers: [],
    environments: [],
    statuses: [],
    sort: { key: 'name', direction: 'asc' },
    after: null,
    before: null,
  })
  const connections = rows.map(({ id, name, accountName, orgName, appName, provider }) => ({
    id,
    name,
    detail: [name === accountName ? null : accountName, orgName, appName].filter(Boolean).join(' · '),
    provider,
  }))
  return { connections, hasMore: next !== null }
}
