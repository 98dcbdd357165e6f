import { type Actor, requireRole } from '../core/actor'
import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { connectionsPage } from './connections-page'

const shownMax = 8

/** A connection that a key may be limited to. */
export type ReachableConnection = { id: string; name: string; detail: string; provider: ProviderId }

/** The first connections that a search finds, by name: to choose some for an API key. @throws PatchbayError `forbidden` */
export async function reachableConnections(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  actor: Actor,
  search: string,
): Promise<ReachableConnection[]> {
  requireRole(actor, 'admin')
  const { rows } = await connectionsPage(deps, actor, {
    search: search.slice(0, 200),
    providers: [],
    environments: [],
    statuses: [],
    sort: { key: 'name', direction: 'asc' },
    after: null,
    before: null,
  })
  return rows.slice(0, shownMax).map(({ id, name, accountName, orgName, appName, provider }) => ({
    id,
    name,
    detail: [name === accountName ? null : accountName, orgName, appName].filter(Boolean).join(' · '),
    provider,
  }))
}
