import type { NotificationKind } from '../core/notification-event'
import type { Deps } from '../deps'
import { type SendableEvent, sendableEvent, sendableSelect } from './sendable-event'

/** Longer than any try takes: a delivery that is still claimed then belongs to a process that died, and is tried again. */
export const claimMs = 90_000

/** `attempts` counts this try, and says whose claim it is: another claim has another count. */
export type ClaimedDelivery = { id: string; attempts: number; event: SendableEvent }

/**
 * Takes deliveries of a channel that are due, oldest first. They are put off in the statement that takes them, so no other
 * process takes them too, and one that dies with them leaves them due again.
 *
 * @param only the one kind that is taken; `null` for all
 */
export async function claimDeliveries(
  deps: Pick<Deps, 'db' | 'clock'>,
  channelId: string,
  max: number,
  only: NotificationKind | null = null,
): Promise<ClaimedDelivery[]> {
  const now = deps.clock.now()
  const until = new Date(now.getTime() + claimMs)
  const claimed = await deps.db.$queryRaw<{ id: string; attempts: number }[]>`
    WITH due AS MATERIALIZED (
      SELECT delivery.id
      FROM notification_delivery delivery JOIN notification_channel channel ON channel.id = delivery.channel_id
      JOIN notification ON notification.id = delivery.notification_id
      WHERE delivery.channel_id = ${channelId} AND delivery.state = 'waiting' AND delivery.next_try_at <= ${now}
        AND channel.paused_at IS NULL AND channel.removed_at IS NULL
        AND (${only}::text IS NULL OR notification.kind = ${only}::text)
      ORDER BY delivery.next_try_at, delivery.id
      LIMIT ${max}
      FOR UPDATE OF delivery SKIP LOCKED
    )
    UPDATE notification_delivery delivery SET attempts = delivery.attempts + 1, next_try_at = ${until}
    FROM due WHERE delivery.id = due.id
    RETURNING delivery.id, delivery.attempts`
  const rows = await deps.db.notificationDelivery.findMany({
    where: { id: { in: claimed.map(({ id }) => id) } },
    orderBy: { notificationId: 'asc' },
    select: { id: true, notification: { select: sendableSelect } },
  })
  const attempts = new Map(claimed.map((each) => [each.id, each.attempts]))
  return rows.map(({ id, notification }) => ({
    id,
    attempts: attempts.get(id) ?? 1,
    event: sendableEvent(notification),
  }))
}
