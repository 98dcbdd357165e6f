import { type Actor, requireRole } from '../core/actor'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'
import { callFailed } from './connection-rotations'

const spanMs = 30 * 24 * 60 * 60_000

/** The token calls of one connection in the last thirty days; consents count as renewals, since they bring a pair too. */
export type RotationFigures = {
  renewed: number
  failed: number
  /** Between two calls that succeeded, in milliseconds; `null` when there were not two. */
  longestGapMs: number | null
}

type FiguresRow = { renewed: number; failed: number; longest_gap_ms: number | null }

const statement: NamedStatement = {
  name: 'rotation_figures',
  text: `
    WITH calls AS (
      SELECT outcome, failure_code,
             CASE WHEN outcome = 'renewed' THEN
               started_at - lag(started_at) OVER (PARTITION BY outcome = 'renewed' ORDER BY started_at)
             END AS gap
        FROM rotation_journal WHERE connection_id = $1 AND started_at >= $2
    )
    SELECT count(*) FILTER (WHERE outcome = 'renewed')::int AS renewed,
           count(*) FILTER (WHERE ${callFailed})::int AS failed,
           (extract(epoch FROM max(gap)) * 1000)::float8 AS longest_gap_ms
      FROM calls`,
}

/** @throws PatchbayError `forbidden` */
export async function rotationFigures(
  deps: Pick<Deps, 'sql' | 'clock'>,
  actor: Actor,
  connectionId: string,
): Promise<RotationFigures> {
  requireRole(actor, 'viewer')
  const since = new Date(deps.clock.now().getTime() - spanMs)
  const [row] = await deps.sql.run<FiguresRow>(statement, [connectionId, since])
  return {
    renewed: row?.renewed ?? 0,
    failed: row?.failed ?? 0,
    longestGapMs: row?.longest_gap_ms ?? null,
  }
}
