import { beatAliveMs } from '../core/workers'
import type { Deps } from '../deps'

/** @returns how many processes carry out jobs, this one included: those that told lately that they live */
export async function countWorkers({ db }: Pick<Deps, 'db'>): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM process_beat
    WHERE 'worker' = ANY(roles) AND beat_at > clock_timestamp() - ${beatAliveMs} * interval '1 millisecond'`
  return Math.max(1, row?.count ?? 0)
}
