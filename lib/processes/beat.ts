import { beatAliveMs, type WorkerSigns } from '../core/workers'
import type { NamedStatement } from '../db/named-statements'
import type { Clock, Deps } from '../deps'
import { type ClockReading, clockOffset } from './clock-offset'

/** A process as it names itself to the others. */
export type ProcessSelf = {
  /** Made at its start. */
  id: string
  host: string
  pid: number
  roles: readonly string[]
  version: string
}

export type Beat = {
  /** See `clockOffset`. */
  offsetMs: number | null
  signs: WorkerSigns
  /** By the database's clock. */
  at: Date
  /** Dedupe key of what people were last told of the workers. */
  told: string | null
}

/** Subject of the notifications on whether workers run. */
export const workersSubjectId = 'workers'

/**
 * One statement: this process lives, what the beats of all tell, and what time it is for the database. A worker sweeps away the
 * rows of processes that were killed more than a day ago; without a worker the last one's row stays, since it tells since when.
 */
const beatStatement: NamedStatement = {
  name: 'process_beat',
  text: `
    WITH swept AS (
      DELETE FROM process_beat
       WHERE 'worker' = ANY($4::text[]) AND id <> $1 AND beat_at < clock_timestamp() - interval '1 day'
    ), beaten AS (
      INSERT INTO process_beat (id, host, pid, roles, version, started_at, beat_at)
      VALUES ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp())
      ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at
      RETURNING beat_at, started_at
    )
    SELECT beaten.beat_at AS at,
           greatest(
             (SELECT max(beat_at) FROM process_beat WHERE 'worker' = ANY(roles)),
             CASE WHEN 'worker' = ANY($4::text[]) THEN beaten.beat_at END
           ) AS worker_beat_at,
           least((SELECT min(started_at) FROM process_beat), beaten.started_at) AS watched_since,
           (SELECT dedupe_key FROM notification WHERE subject_id = '${workersSubjectId}'
             ORDER BY at DESC, id DESC LIMIT 1) AS told
      FROM beaten`,
}

type BeatRow = { at: Date; worker_beat_at: Date | null; watched_since: Date; told: string | null }

/** @param clock this process's own, not adjusted: the difference is measured with it */
export async function beat(deps: Pick<Deps, 'sql'>, clock: Clock, self: ProcessSelf): Promise<Beat> {
  const sentAt = clock.now()
  const [row] = await deps.sql.run<BeatRow>(beatStatement, [
    self.id,
    self.host,
    self.pid,
    [...self.roles],
    self.version,
  ])
  if (!row) throw new Error('the database answered the heartbeat with no row')
  const reading: ClockReading = { sentAt, receivedAt: clock.now(), databaseAt: row.at }
  return {
    offsetMs: clockOffset(reading),
    signs: { lastBeatAt: row.worker_beat_at, watchedSince: row.watched_since },
    at: row.at,
    told: row.told,
  }
}

/**
 * Removes a process that ends. The last worker's row stays: the two minutes after which pages warn are counted from it, so that a
 * worker may be started anew without a warning.
 */
const endStatement: NamedStatement = {
  name: 'process_beat_end',
  text: `
    DELETE FROM process_beat AS mine
     WHERE id = $1 AND NOT (
       'worker' = ANY(roles) AND NOT EXISTS (
         SELECT 1 FROM process_beat AS other
          WHERE other.id <> mine.id AND 'worker' = ANY(other.roles)
            AND other.beat_at > clock_timestamp() - ${beatAliveMs} * interval '1 millisecond'))`,
}

export async function endBeat(deps: Pick<Deps, 'sql'>, id: string): Promise<void> {
  await deps.sql.run(endStatement, [id])
}
