import type { Deps } from '../deps'

/** A sending that runs, or waits its turn, is enough. */
export const noticesKey = 'notify'

/**
 * Plans the sending of notifications where some wait: announced and not given out, or to be tried again now. While the database
 * is held only the news of that is sent, so nothing else calls for it.
 */
export async function planNotices(deps: Pick<Deps, 'db' | 'clock' | 'jobs'>): Promise<void> {
  const [row] = await deps.db.$queryRaw<{ waits: boolean }[]>`
    WITH hold AS (SELECT EXISTS (SELECT 1 FROM instance_identity WHERE held_at IS NOT NULL) AS held)
    SELECT EXISTS (SELECT 1 FROM notification
        WHERE dispatched_at IS NULL AND (NOT hold.held OR kind = 'database.held'))
      OR EXISTS (SELECT 1 FROM notification_delivery AS delivery
        JOIN notification ON notification.id = delivery.notification_id
        WHERE delivery.state = 'waiting' AND delivery.next_try_at <= ${deps.clock.now()}
          AND (NOT hold.held OR notification.kind = 'database.held')) AS waits
    FROM hold`
  if (row?.waits) await deps.jobs.add('notify', {}, { key: noticesKey })
}
