import type { Lifecycle } from '../core/status'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { changeConnection } from '../rotation/change-connection'
import { closeLostCalls } from '../rotation/journal'

export type ConnectionEnd = { lifecycle: Extract<Lifecycle, 'refused' | 'disconnected'>; reason: string }

/**
 * Ends a connection and erases its tokens. The generation moves on, so a rotation that runs right now finds its pair
 * superseded and stores nothing.
 *
 * @param tx a transaction
 */
export async function endConnection(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  connectionId: string,
  { lifecycle, reason }: ConnectionEnd,
): Promise<void> {
  await tx.connection.updateMany({ where: { id: connectionId }, data: { generation: { increment: 1 } } })
  await tx.tokenPair.deleteMany({ where: { connectionId } })
  await closeLostCalls(tx, deps, connectionId, 'discarded')
  await changeConnection(tx, connectionId, {
    lifecycle,
    endedAt: deps.clock.now(),
    endedReason: reason,
    pendingReason: null,
    accessExpiresAt: null,
    refreshExpiresAt: null,
    reconnectBy: null,
    nextAttemptAt: null,
    failureCount: 0,
    retryingSince: null,
    needsReconnectAt: null,
    uncertainAt: null,
    suspendedAt: null,
    suspendedReason: null,
  })
}
