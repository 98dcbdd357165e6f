import type { Deps } from '../deps'
import { type RotationResult, rotateConnection } from './rotate-connection'

/** A connection that cannot even be tried (a secret that does not open) is looked at again after this. */
const stuckMs = 15 * 60_000
const busyMs = 60_000

type Due = { id: string; nextAttemptAt: Date | null }

/**
 * Renews the connections whose time has come, one after the other: what keeps the planned instant on the page true. Several
 * processes may run it at once, since each connection's lease lets one of them through. Whatever comes of it, a connection's
 * next turn is later, so that none keeps the others from theirs.
 *
 * @param limit connections at most
 * @returns how many were due
 */
export async function renewDue(deps: Deps, { limit }: { limit: number }): Promise<number> {
  const planned = await findPlanned(deps, limit)
  const due = [...planned, ...(await findEnded(deps, limit - planned.length))]
  for (const one of due) {
    const laterAt = await rotateConnection(deps, one.id, { cause: 'due' }).then(
      (result) => nextTurn(deps, result),
      (error) => {
        deps.log.error({ err: error, connectionId: one.id }, 'a connection that was due was not renewed')
        return after(deps, stuckMs)
      },
    )
    if (laterAt !== undefined) await postpone(deps, one, laterAt)
  }
  return due.length
}

function findPlanned(deps: Deps, limit: number): Promise<Due[]> {
  return deps.db.connection.findMany({
    where: { lifecycle: 'live', nextAttemptAt: { lte: deps.clock.now() }, app: { hiddenAt: null } },
    orderBy: { nextAttemptAt: 'asc' },
    take: limit,
    select: { id: true, nextAttemptAt: true },
  })
}

/** Pairs that nothing can renew are planned for nothing: their end, which asks for a person, is found here. */
async function findEnded(deps: Deps, limit: number): Promise<Due[]> {
  if (limit <= 0) return []
  return deps.db.connection.findMany({
    where: {
      lifecycle: 'live',
      ownStatus: 'healthy',
      nextAttemptAt: null,
      accessExpiresAt: { lte: deps.clock.now() },
      app: { hiddenAt: null },
    },
    take: limit,
    select: { id: true, nextAttemptAt: true },
  })
}

/** @returns `undefined` where the rotation has planned the next one itself, `null` where none is to come */
function nextTurn(deps: Pick<Deps, 'clock'>, result: RotationResult): Date | null | undefined {
  switch (result.kind) {
    case 'renewed':
    case 'failed':
      return undefined
    case 'throttled':
      return result.retryAt
    case 'busy':
      return after(deps, busyMs)
    case 'not_possible':
      return null
  }
}

/** Unless it was planned anew meanwhile. */
async function postpone(deps: Pick<Deps, 'db'>, { id, nextAttemptAt }: Due, laterAt: Date | null) {
  await deps.db.connection.updateMany({ where: { id, nextAttemptAt }, data: { nextAttemptAt: laterAt } })
}

function after(deps: Pick<Deps, 'clock'>, spanMs: number): Date {
  return new Date(deps.clock.now().getTime() + spanMs)
}
