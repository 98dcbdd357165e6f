import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { FailureWords } from '../providers/contract'
import { changeConnection } from './change-connection'
import { jitter } from './jitter'
import { nextTryAt } from './plan'
import type { RotationState } from './rotation-state'

/**
 * Notes a failure that came after the provider had given its answer, and plans the next try, later each time. Nothing is
 * written once another pair is stored.
 *
 * @param pair the connection, and the generation that the failure belongs to
 */
export async function retryLater(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  pair: Pick<RotationState, 'id' | 'generation'>,
  failure: Pick<FailureWords, 'code' | 'words'>,
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.$transaction(async (tx) => {
    const row = await countFailure(tx, pair)
    if (!row) return
    await changeConnection(tx, pair.id, {
      retryingSince: row.retryingSince ?? now,
      nextAttemptAt: nextTryAt(row.failureCount, null, now.getTime(), jitter(deps)),
      failureAt: now,
      failureCode: failure.code,
      failureWords: failure.words,
    })
  })
}

/** The row is locked by the count, so what is read after it stays true until the commit. */
async function countFailure(tx: Tx, { id, generation }: Pick<RotationState, 'id' | 'generation'>) {
  const where = { id, generation }
  await tx.connection.updateMany({ where, data: { failureCount: { increment: 1 } } })
  return tx.connection.findFirst({ where, select: { failureCount: true, retryingSince: true } })
}
