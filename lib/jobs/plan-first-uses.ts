import type { Deps } from '../deps'

/** The rotation makes the first use itself, within seconds. */
const youngMs = 60_000
/** As long as ten tries take; afterwards the pair's own renewal is near. */
const oldMs = 6 * 3_600_000
const triesMax = 10
const batch = 1_000

type Unused = { id: string; generation: number; key: string }

/**
 * Plans the first use of the pairs that were stored and never used: their previous refresh token is kept until then.
 *
 * @returns how many were planned
 */
export async function planFirstUses(deps: Pick<Deps, 'db' | 'clock' | 'jobs'>): Promise<number> {
  const nowMs = deps.clock.now().getTime()
  const unused = await deps.db.$queryRaw<Unused[]>`
    SELECT connection.id, pair.generation, job_key.value AS key
    FROM token_pair AS pair
    JOIN connection ON connection.id = pair.connection_id
    JOIN provider_app AS app ON app.id = connection.app_id
    CROSS JOIN LATERAL (SELECT 'first-use:' || connection.id || ':' || pair.generation AS value) AS job_key
    LEFT JOIN rotation_lease AS lease
      ON lease.connection_id = connection.id AND lease.until > clock_timestamp()
    LEFT JOIN graphile_worker.jobs AS job ON job.key = job_key.value
    WHERE pair.first_used_at IS NULL
      AND pair.obtained_at BETWEEN ${new Date(nowMs - oldMs)} AND ${new Date(nowMs - youngMs)}
      AND pair.access_expires_at > ${new Date(nowMs)}
      AND connection.lifecycle = 'live' AND connection.needs_reconnect_at IS NULL
      AND app.hidden_at IS NULL AND lease.connection_id IS NULL AND job.id IS NULL
    LIMIT ${batch}`
  await Promise.all(
    unused.map(({ id: connectionId, generation, key }) =>
      deps.jobs.add('first-use', { connectionId, generation }, { key, maxAttempts: triesMax }),
    ),
  )
  return unused.length
}
