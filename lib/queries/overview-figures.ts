import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'
import { callFailed } from './connection-rotations'

const dayMs = 24 * 60 * 60_000
const hourMs = 60 * 60_000
/** Due jobs are looked for every two seconds; what is this late was not taken. */
const lateMs = 30_000

/** The four figures of the overview, true for all processes together: they are read from what the database has. */
export type OverviewFigures = {
  /** Token calls of the last 24 hours that have ended, consents left out. */
  rotations: { succeeded: number; failed: number }
  /** Of these, the ones that a program had to wait for, because its token had run out. */
  waitedFor: number
  /** Connections whose renewal is late, and the one that is it the longest. */
  overdue: { count: number; oldest: { connectionId: string; name: string; since: Date } | null }
  /** Renewals of the next hour, and when the first of them is. */
  planned: { nextHour: number; nextAt: Date | null }
}

export async function overviewFigures(deps: Pick<Deps, 'sql' | 'clock'>): Promise<OverviewFigures> {
  const nowMs = deps.clock.now().getTime()
  const [row] = await deps.sql.run<FiguresRow>(statement, [
    new Date(nowMs - dayMs),
    new Date(nowMs - lateMs),
    new Date(nowMs),
    new Date(nowMs + hourMs),
  ])
  if (!row) throw new Error('the database gave no figures')
  const { oldest_id: connectionId, oldest_name: name, oldest_at: since } = row
  return {
    rotations: { succeeded: row.succeeded, failed: row.failed },
    waitedFor: row.waited_for,
    overdue: {
      count: row.overdue,
      oldest: connectionId !== null && name !== null && since !== null ? { connectionId, name, since } : null,
    },
    planned: { nextHour: row.next_hour, nextAt: row.next_at },
  }
}

type FiguresRow = {
  succeeded: number
  failed: number
  waited_for: number
  overdue: number
  oldest_id: string | null
  oldest_name: string | null
  oldest_at: Date | null
  next_hour: number
  next_at: Date | null
}

const statement: NamedStatement = {
  name: 'overview_figures',
  text: `
    WITH calls AS (
      SELECT count(*) FILTER (WHERE outcome = 'renewed')::int AS succeeded,
             count(*) FILTER (WHERE ${callFailed})::int AS failed,
             count(*) FILTER (WHERE cause = 'needed' AND outcome = 'renewed')::int AS waited_for
        FROM rotation_journal WHERE started_at >= $1 AND cause NOT IN ('connect', 'reconnect')
    ), planned AS NOT MATERIALIZED (
      SELECT c.id, c.next_attempt_at AS at, coalesce(c.label, c.account_name) AS name
        FROM connection c JOIN provider_app a ON a.id = c.app_id
       WHERE c.lifecycle = 'live' AND c.needs_reconnect_at IS NULL AND c.uncertain_at IS NULL
         AND a.hidden_at IS NULL AND a.fault_at IS NULL
    ), oldest AS (
      SELECT id, at, name FROM planned WHERE at <= $2 ORDER BY at LIMIT 1
    ), next AS (
      SELECT count(*)::int AS next_hour, min(at) AS next_at FROM planned WHERE at > $3 AND at <= $4
    )
    SELECT calls.*, next.*,
           (SELECT count(*)::int FROM planned WHERE at <= $2) AS overdue,
           oldest.id AS oldest_id, oldest.name AS oldest_name, oldest.at AS oldest_at
      FROM calls CROSS JOIN next LEFT JOIN oldest ON true`,
}
