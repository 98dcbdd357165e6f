import { testKind } from '../core/notification-words'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { ClaimedDelivery } from './claim-deliveries'
import type { DeliveryOutcome } from './delivery-outcome'
import { nextTryAt } from './retry-schedule'

type Facts = Pick<Deps, 'db' | 'clock'>

/**
 * Writes down how a try ended. What was sent is sent, whatever happened to the row meanwhile; a failure counts only while the
 * claim is still this one's.
 *
 * @param jitter from 0 to 1, one for all that were sent together
 */
export async function settleDelivery(
  deps: Facts,
  channelId: string,
  { id, attempts, event }: Pick<ClaimedDelivery, 'id' | 'attempts' | 'event'>,
  outcome: DeliveryOutcome,
  jitter: number,
): Promise<void> {
  const now = deps.clock.now()
  const { status, words } = outcome
  switch (outcome.kind) {
    case 'sent':
      await deps.db.notificationDelivery.updateMany({
        where: { id, attempts },
        data: { state: 'sent', status, words, nextTryAt: null, endedAt: now },
      })
      return
    case 'failed': {
      // A person waits for the result of a test, and presses again.
      const next =
        event.kind === testKind
          ? null
          : nextTryAt({ attempts, now, retryAfterMs: outcome.retryAfterMs, jitter })
      const end = next ? { nextTryAt: next } : { state: 'given_up' as const, nextTryAt: null, endedAt: now }
      await deps.db.notificationDelivery.updateMany({
        where: { id, attempts, state: 'waiting' },
        data: { status, words, ...end },
      })
      return
    }
    case 'gone':
      await deps.db.$transaction(async (tx) => {
        await tx.notificationChannel.updateMany({
          where: { id: channelId, pausedAt: null },
          data: { pausedAt: now, pausedReason: 'The receiver answered 410: it is gone for good.' },
        })
        await tx.notificationDelivery.updateMany({
          where: { id, attempts, state: 'waiting' },
          data: { state: 'given_up', status, words, nextTryAt: null, endedAt: now },
        })
        await giveUpWaiting(tx, deps, channelId, 'The channel was paused before it was sent.')
      })
  }
}

/** What a channel still had to send ends here. */
export async function giveUpWaiting(
  tx: Pick<Tx, 'notificationDelivery'>,
  deps: Pick<Deps, 'clock'>,
  channelId: string,
  words: string,
): Promise<number> {
  const { count } = await tx.notificationDelivery.updateMany({
    where: { channelId, state: 'waiting' },
    data: { state: 'given_up', words, nextTryAt: null, endedAt: deps.clock.now() },
  })
  return count
}
