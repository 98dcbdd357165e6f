import { workersQuietMs } from '../core/workers'
import { type DueResult, deliverDue } from './deliver-due'
import type { SendDeps } from './deliver-notification'

/**
 * Sends what is due while no worker is there to do it. For processes that only serve pages: nobody else could tell that the
 * workers have stopped.
 *
 * @returns `null` while a worker is alive
 */
export async function deliverWhenAlone(deps: SendDeps): Promise<DueResult | null> {
  const [row] = await deps.db.$queryRaw<{ alive: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM process_beat WHERE 'worker' = ANY(roles)
      AND beat_at > clock_timestamp() - ${workersQuietMs} * interval '1 millisecond') AS alive`
  return row?.alive ? null : deliverDue(deps)
}
