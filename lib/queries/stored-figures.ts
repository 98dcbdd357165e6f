import { type ConnectionStatus, connectionStatuses } from '../core/status'
import { beatAliveMs } from '../core/workers'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'

/** Figures of the whole installation, as the database has them. */
export type StoredFigures = {
  connections: { provider: string; status: ConnectionStatus; count: number }[]
  /** How long the connection that has waited longest is overdue, 0 when none is. */
  oldestOverdueS: number
  openRotations: number
  workersAlive: number
  held: boolean
  troubles: { provider: string; count: number }[]
  jobs: { task: string; state: 'later' | 'due' | 'running' | 'failed'; count: number }[]
}

/** @returns the figures of now, by one statement and one more for the queue */
export async function storedFigures(deps: Pick<Deps, 'sql' | 'clock'>): Promise<StoredFigures> {
  const now = deps.clock.now()
  const alive = new Date(now.getTime() - beatAliveMs)
  const [[row], jobs] = await Promise.all([
    deps.sql.run<FiguresRow>(figures, [now, alive]),
    queueFigures(deps, now),
  ])
  if (!row) throw new Error('the database gave no figures')
  return {
    connections: row.connections.flatMap(({ provider, status, count }) => {
      const known = connectionStatuses.find((each) => each === status)
      return known ? [{ provider, status: known, count }] : []
    }),
    oldestOverdueS: row.overdue_since ? Math.max(0, (now.getTime() - row.overdue_since.getTime()) / 1000) : 0,
    openRotations: row.open_rotations,
    workersAlive: row.workers_alive,
    held: row.held,
    troubles: row.troubles,
    jobs,
  }
}

type FiguresRow = {
  connections: { provider: string; status: string; count: number }[]
  overdue_since: Date | null
  open_rotations: number
  workers_alive: number
  held: boolean
  troubles: { provider: string; count: number }[]
}

/**
 * Connections are counted by an index alone; those of a refused app, whose stored status leaves the app's fault out
 * (`deriveStatus`), as misconfigured. Overdue is what a worker would renew now.
 */
const figures: NamedStatement = {
  name: 'stored_figures',
  text: `
    WITH counted AS (
      SELECT app_id, own_status, count(*)::int AS n FROM connection_listed GROUP BY 1, 2
    ), shown AS (
      SELECT a.provider, sum(counted.n)::int AS count,
             CASE WHEN a.fault_at IS NULL OR counted.own_status IN ('disconnected', 'pending', 'suspended')
               THEN counted.own_status ELSE 'app_misconfigured' END AS status
        FROM counted JOIN provider_app a ON a.id = counted.app_id
       GROUP BY 1, 3
    )
    SELECT
      coalesce((SELECT json_agg(shown) FROM shown), '[]') AS connections,
      (SELECT c.next_attempt_at FROM connection c JOIN provider_app a ON a.id = c.app_id
        WHERE c.next_attempt_at <= $1 AND c.lifecycle = 'live' AND a.hidden_at IS NULL AND a.fault_at IS NULL
          AND c.needs_reconnect_at IS NULL AND c.uncertain_at IS NULL
        ORDER BY c.next_attempt_at LIMIT 1) AS overdue_since,
      (SELECT count(*)::int FROM rotation_journal WHERE outcome = 'open') AS open_rotations,
      (SELECT count(*)::int FROM process_beat WHERE beat_at > $2 AND 'worker' = ANY(roles)) AS workers_alive,
      EXISTS (SELECT 1 FROM instance_identity WHERE held_at IS NOT NULL) AS held,
      coalesce((SELECT json_agg(t) FROM (
        SELECT provider, count(*)::int AS count FROM provider_trouble WHERE ended_at IS NULL GROUP BY 1
      ) AS t), '[]') AS troubles`,
}

const queue: NamedStatement = {
  name: 'queue_figures',
  text: `
    SELECT task_identifier AS task,
           CASE WHEN locked_at IS NOT NULL THEN 'running'
                WHEN attempts >= max_attempts THEN 'failed'
                WHEN run_at <= $1 THEN 'due' ELSE 'later' END AS state,
           count(*)::int AS count
      FROM graphile_worker.jobs GROUP BY 1, 2`,
}

/** PostgreSQL's codes for a table and a schema that are not there: no worker has ever started. */
const missingCodes: readonly unknown[] = ['42P01', '3F000']

async function queueFigures(deps: Pick<Deps, 'sql'>, now: Date): Promise<StoredFigures['jobs']> {
  try {
    return await deps.sql.run<StoredFigures['jobs'][number]>(queue, [now])
  } catch (error) {
    if (missingCodes.includes(Reflect.get(Object(error), 'code'))) return []
    throw error
  }
}
