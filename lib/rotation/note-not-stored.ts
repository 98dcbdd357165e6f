import type { Deps } from '../deps'
import { changeConnection } from './change-connection'
import { nextTryAt } from './plan'
import type { RotationState } from './rotation-state'

/**
 * Notes that tokens were obtained and could not be stored: their journal row stays open, and the connection waits longer each
 * time instead of spending a grant for every reader. The database that could not store them may not take this either.
 */
export async function noteNotStored(
  deps: Pick<Deps, 'db' | 'clock' | 'log'>,
  { id, generation }: Pick<RotationState, 'id' | 'generation'>,
): Promise<void> {
  const now = deps.clock.now()
  try {
    await deps.db.$transaction(async (tx) => {
      const where = { id, generation }
      await tx.connection.updateMany({ where, data: { failureCount: { increment: 1 } } })
      const row = await tx.connection.findFirst({
        where,
        select: { failureCount: true, retryingSince: true },
      })
      if (!row) return
      await changeConnection(tx, id, {
        retryingSince: row.retryingSince ?? now,
        nextAttemptAt: nextTryAt(row.failureCount, null, now.getTime()),
        failureAt: now,
        failureCode: 'not_stored',
        failureWords: 'The provider gave new tokens, but the database did not take them.',
      })
    })
  } catch (error) {
    deps.log.warn({ err: error, connectionId: id }, 'it was not noted that new tokens were lost')
  }
}
