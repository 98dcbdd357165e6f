import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import type { Environment, ProviderId } from '../core/provider'
import type { ConnectionStatus } from '../core/status'
import type { Deps } from '../deps'
import { countStatement } from './connection-list-sql'
import { type Narrowing, narrowingOf } from './list-narrowing'
import { type ListedApp, listedApps } from './listed-apps'
import type { FoundConnections } from './search-connections'
import { shownStatus } from './shown-status'

export type ConnectionCount = {
  provider: ProviderId
  environment: Environment
  status: ConnectionStatus
  count: number
}

type Counted = { appId: string; ownStatus: string; count: number }

const rowsSchema: z.ZodType<Counted[]> = z.array(
  z.object({ appId: z.string(), ownStatus: z.string(), count: z.number() }),
)

/**
 * How many connections the search finds, by what the filters tell apart; `any` tells an empty search from an empty Patchbay.
 *
 * @param found what `searchConnections` has found for a query with these words
 * @throws PatchbayError `forbidden`
 */
export async function countConnections(
  deps: Pick<Deps, 'sql' | 'db'>,
  actor: Actor,
  search: string,
  found?: FoundConnections,
): Promise<{ counts: ConnectionCount[]; any: boolean }> {
  requireRole(actor, 'viewer')
  const apps = found?.apps ?? (await listedApps(deps))
  const narrowing = narrowingOf({ search, providers: [], environments: [], statuses: [] }, apps)
  // Where nothing was searched for, the few are those of a filter.
  const few = narrowing && found?.few
  const rows = few ? few.map((row) => ({ ...row, count: 1 })) : await readCounts(deps, narrowing)
  const counts = shownCounts(rows, apps)
  const any = counts.length > 0 || (await deps.db.connection.findFirst({ select: { id: true } })) !== null
  return { counts, any }
}

async function readCounts(deps: Pick<Deps, 'db'>, narrowing: Narrowing | null): Promise<Counted[]> {
  const { text, values } = countStatement(narrowing)
  return rowsSchema.parse(await deps.db.$queryRawUnsafe(text, ...values))
}

function shownCounts(rows: readonly Counted[], apps: readonly ListedApp[]): ConnectionCount[] {
  const appOf = new Map(apps.map((app) => [app.id, app]))
  const counts = new Map<string, ConnectionCount>()
  for (const row of rows) {
    const app = appOf.get(row.appId)
    // Made since the apps were read.
    if (!app) continue
    const { provider, environment } = app
    const status = shownStatus(row.ownStatus, app.faulty)
    const key = [provider, environment, status].join()
    const count = row.count + (counts.get(key)?.count ?? 0)
    counts.set(key, { provider, environment, status, count })
  }
  return [...counts.values()]
}
