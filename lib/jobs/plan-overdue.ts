import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { rotationKey } from './tasks'

/** What came due this lately is on its way through the queue. */
const onTimeMs = 10_000
const batch = 5_000
const batchesMax = 20
/** What was missed together is spread over a millisecond each, and this at most. */
const spreadMaxMs = 5_000

type Overdue = { id: string; provider: ProviderId; failing: boolean }

/**
 * Plans the rotations that no good job stands for: none at all, one of a process that died with it (locked for longer than a
 * job waits or runs before its lease shows), one that has used up its tries, one at a later time. Those that wait their turn
 * are left alone, however many they are.
 *
 * @returns how many were planned
 */
export async function planOverdue(deps: Pick<Deps, 'db' | 'clock' | 'random' | 'jobs'>): Promise<number> {
  let planned = 0
  for (let turn = 0; turn < batchesMax; turn++) {
    const overdue = await findOverdue(deps)
    const nowMs = deps.clock.now().getTime()
    const bytes = deps.random.bytes(overdue.length)
    const spreadMs = Math.min(spreadMaxMs, overdue.length)
    await deps.jobs.planRotations(
      overdue.map(({ id, provider, failing }, index) => ({
        connectionId: id,
        provider,
        at: new Date(nowMs + ((bytes[index] ?? 0) / 255) * spreadMs),
        failing,
      })),
    )
    planned += overdue.length
    if (overdue.length < batch) break
  }
  return planned
}

function findOverdue(deps: Pick<Deps, 'db' | 'clock'>): Promise<Overdue[]> {
  const before = new Date(deps.clock.now().getTime() - onTimeMs)
  return deps.db.$queryRaw<Overdue[]>`
    SELECT connection.id, connection.provider::text, connection.failure_count > 0 AS failing
    FROM connection
    JOIN provider_app AS app ON app.id = connection.app_id
    LEFT JOIN rotation_lease AS lease
      ON lease.connection_id = connection.id AND lease.until > clock_timestamp()
    LEFT JOIN graphile_worker.jobs AS job ON job.key = ${rotationKey('')} || connection.id
    WHERE connection.lifecycle = 'live' AND app.hidden_at IS NULL AND connection.next_attempt_at < ${before}
      AND lease.connection_id IS NULL
      AND (job.id IS NULL OR job.locked_at < now() - interval '1 minute' OR (
        job.locked_at IS NULL AND (job.attempts >= job.max_attempts OR job.run_at > now() + interval '1 minute')))
    ORDER BY connection.next_attempt_at
    LIMIT ${batch}`
}
