import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import type { Deps } from '../deps'
import { type ConnectionSort, fewMax, fewStatement, isTimed } from './connection-list-sql'
import { type ConnectionFilter, type Narrowing, narrowingOf } from './list-narrowing'
import { type ListedApp, listedApps } from './listed-apps'

/** What a page of the list and its counts share: the apps, and those few connections that they are taken from. */
export type FoundConnections = {
  apps: readonly ListedApp[]
  /** All that fit, `null` where they are many or nothing was searched for. */
  few: readonly ListedConnection[] | null
}

export type ListedConnection = { id: string; appId: string; ownStatus: string }

const texts = z.array(z.string())
const rowSchema = z.tuple([z.object({ ids: texts, appIds: texts, statuses: texts })])

/**
 * Reads the short rows of the list once for a search: a page and its counts follow from a few hits without a second reading.
 * Filters are left out where there are words, since the counts are told without them.
 *
 * @throws PatchbayError `forbidden`
 */
export async function searchConnections(
  deps: Pick<Deps, 'sql' | 'db'>,
  actor: Actor,
  query: ConnectionFilter & { sort: ConnectionSort },
): Promise<FoundConnections> {
  requireRole(actor, 'viewer')
  const apps = await listedApps(deps)
  const byWords = narrowingOf({ search: query.search, providers: [], environments: [], statuses: [] }, apps)
  // By name, a filter alone needs no search before the page's own.
  const narrowing = byWords ?? (isTimed(query.sort.key) ? narrowingOf(query, apps) : null)
  return { apps, few: narrowing && (await readFew(deps, narrowing)) }
}

async function readFew(deps: Pick<Deps, 'db'>, narrowing: Narrowing): Promise<ListedConnection[] | null> {
  const { text, values } = fewStatement(narrowing)
  const [{ ids, appIds, statuses }] = rowSchema.parse(await deps.db.$queryRawUnsafe(text, ...values))
  if (ids.length > fewMax) return null
  return ids.map((id, index) => ({ id, appId: appIds[index] ?? '', ownStatus: statuses[index] ?? '' }))
}
