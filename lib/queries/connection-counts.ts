import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import type { Environment, ProviderId } from '../core/provider'
import type { ConnectionStatus } from '../core/status'
import type { Deps } from '../deps'
import { countStatement } from './connection-list-sql'
import { narrowingOf } from './list-narrowing'
import { listedApps } from './listed-apps'
import { shownStatus } from './shown-status'

export type ConnectionCount = {
  provider: ProviderId
  environment: Environment
  status: ConnectionStatus
  count: number
}

const rowsSchema = z.array(z.object({ appId: z.string(), ownStatus: z.string(), count: z.number() }))

/**
 * How many connections the search finds, by what the filters tell apart; `any` tells an empty search from an empty Patchbay.
 *
 * @throws PatchbayError `forbidden`
 */
export async function countConnections(
  deps: Pick<Deps, 'sql' | 'db'>,
  actor: Actor,
  search: string,
): Promise<{ counts: ConnectionCount[]; any: boolean }> {
  requireRole(actor, 'viewer')
  const apps = await listedApps(deps)
  const { text, values } = countStatement(
    narrowingOf({ search, providers: [], environments: [], statuses: [] }, apps),
  )
  const rows = rowsSchema.parse(await deps.db.$queryRawUnsafe(text, ...values))
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
  const any = counts.size > 0 || (await deps.db.connection.findFirst({ select: { id: true } })) !== null
  return { counts: [...counts.values()], any }
}
