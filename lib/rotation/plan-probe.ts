import type { Db } from '../db/client'
import type { Deps } from '../deps'
import { failedCallsPerDay } from './daily-cap'
import type { RotationState } from './rotation-state'

/** One that was asked this lately is not asked again. */
const restS = 2 * 60
/** Probes leave a failing connection the other half of its calls of a day, for its own back-off. */
const probesPerDay = failedCallsPerDay / 2

export type ProbeOf = 'app' | 'trouble'

/**
 * Plans one of the connections that wait for the same cause: the one that was not asked for the longest time, of those that
 * have had few calls; those that are due are on their way already. Where there is none, their own back-offs are the probes.
 * One that is being rotated would overwrite the plan, and is passed over.
 *
 * @param state one that was asked just now
 * @param at its instant, or later when even the most rested one was asked within two minutes before
 */
export async function planProbe(
  deps: Pick<Deps, 'db' | 'clock' | 'jobs'>,
  state: Pick<RotationState, 'id' | 'appId' | 'provider' | 'app'>,
  of: ProbeOf,
  at: Date,
): Promise<void> {
  const [next] = await planOne(deps.db, state, of, at, deps.clock.now())
  if (!next) return
  const { provider } = state
  await deps.jobs.planRotations([
    { connectionId: next.id, provider, at: next.nextAttemptAt, failing: next.failing },
  ])
}

/** The calls of a day are counted for the most rested ones only. */
function planOne(
  db: Pick<Db, '$queryRaw'>,
  state: Pick<RotationState, 'id' | 'appId' | 'provider' | 'app'>,
  of: ProbeOf,
  at: Date,
  now: Date,
): Promise<{ id: string; nextAttemptAt: Date; failing: boolean }[]> {
  const appId = of === 'app' ? state.appId : null
  return db.$queryRaw`
    WITH rested AS (
      SELECT connection.id FROM connection JOIN provider_app AS app ON app.id = connection.app_id
      WHERE (app.id = ${appId} OR ${appId}::text IS NULL AND app.provider::text = ${state.provider}
          AND app.base_url = ${state.app.baseUrl})
        AND app.hidden_at IS NULL AND connection.lifecycle = 'live' AND connection.id <> ${state.id}
        AND connection.own_status IN ('healthy', 'retrying') AND connection.next_attempt_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM rotation_lease AS lease
          WHERE lease.connection_id = connection.id AND lease.until > clock_timestamp())
      ORDER BY connection.next_attempt_at <= ${now}, greatest(connection.failure_at, connection.last_success_at) ASC NULLS FIRST, connection.next_attempt_at
      LIMIT 20
    ), chosen AS (
      SELECT connection.id FROM rested JOIN connection USING (id)
      WHERE (SELECT count(*) FROM rotation_journal AS entry
        WHERE entry.connection_id = rested.id AND entry.outcome <> 'renewed' AND entry.started_at > ${now}::timestamptz - interval '1 day') < ${probesPerDay}
      ORDER BY connection.next_attempt_at <= ${now}, greatest(connection.failure_at, connection.last_success_at) ASC NULLS FIRST, connection.next_attempt_at
      LIMIT 1 FOR NO KEY UPDATE OF connection SKIP LOCKED
    )
    UPDATE connection SET next_attempt_at = least(
      greatest(${at}::timestamptz, connection.failure_at + ${restS} * interval '1 second'),
      CASE WHEN connection.failure_count > 0 THEN greatest(connection.next_attempt_at, ${at}::timestamptz) END)
    FROM chosen WHERE connection.id = chosen.id
    RETURNING connection.id, connection.next_attempt_at AS "nextAttemptAt", connection.failure_count > 0 AS failing`
}
