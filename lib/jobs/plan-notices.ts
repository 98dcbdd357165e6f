import type { Deps } from '../deps'

/** A sending that runs, or waits its turn, is enough. */
export const noticesKey = 'notify'

/** Plans the sending of notifications where some wait: announced and not given out, or to be tried again now. */
export async function planNotices(deps: Pick<Deps, 'db' | 'clock' | 'jobs'>): Promise<void> {
  const [row] = await deps.db.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM notification WHERE dispatched_at IS NULL)
      OR EXISTS (SELECT 1 FROM notification_delivery
        WHERE state = 'waiting' AND next_try_at <= ${deps.clock.now()}) AS waits`
  if (row?.waits) await deps.jobs.add('notify', {}, { key: noticesKey })
}
