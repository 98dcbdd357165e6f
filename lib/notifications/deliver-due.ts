import type { NotificationKind } from '../core/notification-event'
import { claimDeliveries } from './claim-deliveries'
import {
  deliverNotifications,
  type SendDeps,
  type SendingChannel,
  sendingSelect,
} from './deliver-notification'
import { dispatchNotifications } from './dispatch-notifications'
import { kindSentNow } from './kind-sent-now'

/** Of one channel at once: webhooks side by side, or events in one mail. */
const together = { webhook: 5, email: 50 } as const
/** No round begins later than this: a run ends soon enough for a process that is to stop. */
const beginWithinMs = 5_000

export type DueResult = {
  /** Tries made, whether they went well or not. */
  tried: number
  /** When the next delivery is due; in the past when some are left over, `null` when none waits. */
  nextAt: Date | null
}

/**
 * Gives out what was announced and sends what is due. Any number of processes may run it at once: each delivery is one's at a
 * time. Channels do not wait for each other, and one whose receiver is not there is left until the next run.
 */
export async function deliverDue(deps: SendDeps): Promise<DueResult> {
  await dispatchNotifications(deps)
  const only = await kindSentNow(deps.db)
  const waiting = { state: 'waiting', ...(only ? { notification: { kind: only } } : {}) } as const
  const channels = await deps.db.notificationChannel.findMany({
    where: {
      pausedAt: null,
      removedAt: null,
      deliveries: { some: { ...waiting, nextTryAt: { lte: deps.clock.now() } } },
    },
    select: sendingSelect,
  })
  const tried = await Promise.all(channels.map((channel) => deliverChannel(deps, channel, only)))
  const next = await deps.db.notificationDelivery.aggregate({
    where: waiting,
    _min: { nextTryAt: true },
  })
  return { tried: tried.reduce((sum, count) => sum + count, 0), nextAt: next._min.nextTryAt }
}

async function deliverChannel(
  deps: SendDeps,
  channel: SendingChannel,
  only: NotificationKind | null,
): Promise<number> {
  const beganMs = deps.clock.now().getTime()
  let tried = 0
  while (deps.clock.now().getTime() - beganMs < beginWithinMs) {
    const claimed = await claimDeliveries(deps, channel.id, together[channel.kind], only)
    if (claimed.length === 0) break
    const outcomes = await deliverNotifications(deps, channel, claimed)
    tried += outcomes.length
    if (!outcomes.some((outcome) => outcome.kind === 'sent')) break
  }
  return tried
}
