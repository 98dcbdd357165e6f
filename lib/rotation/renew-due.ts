import type { Deps } from '../deps'
import { rotateConnection } from './rotate-connection'

/**
 * Renews the connections whose time has come, one after the other: what keeps the planned instant on the page true. Several
 * processes may run it at once, since each connection's lease lets one of them through.
 *
 * @param limit connections at most
 * @returns how many were due
 */
export async function renewDue(deps: Deps, { limit }: { limit: number }): Promise<number> {
  const due = await deps.db.connection.findMany({
    where: { lifecycle: 'live', nextAttemptAt: { lte: deps.clock.now() }, app: { hiddenAt: null } },
    orderBy: { nextAttemptAt: 'asc' },
    take: limit,
    select: { id: true },
  })
  for (const { id } of due) {
    await rotateConnection(deps, id, { cause: 'due' }).catch((error) =>
      deps.log.error({ err: error, connectionId: id }, 'a connection that was due was not renewed'),
    )
  }
  return due.length
}
