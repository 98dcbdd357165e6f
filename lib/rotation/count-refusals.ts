import type { Tx } from '../db/client'
import { lapsedGrant, ownRefusals } from './judge-refusal'
import type { ProviderHost } from './take-back-verdicts'

/** Fewer connections than this may well have lost their grants for reasons of their own. */
export const refusedMin = 5

export type RefusalCounts = { refused: number; renewed: number }

/**
 * Whether so many grants of one host are refused that it is the provider and not the grants. Pure.
 *
 * @param counts connections that were refused for good, and rotations that succeeded, within the same time
 */
export function isTrouble({ refused, renewed }: RefusalCounts): boolean {
  return refused >= refusedMin && refused >= renewed
}

/**
 * Refusals and successes of a host. What was sent before its last trouble ended belongs to that one, and so does a connection
 * that was refused in it and has not been renewed since: else a handful of grants that were revoked in truth would be found to
 * be a new trouble each time the old one has ended. Successes are counted no further than they matter: there may be thousands
 * a minute.
 *
 * @param since answers before this are not counted
 */
export async function countRefusals(
  tx: Pick<Tx, '$queryRaw'>,
  { provider, baseUrl }: ProviderHost,
  since: Date,
): Promise<RefusalCounts> {
  const nobodysWord = [...ownRefusals, lapsedGrant]
  const [counts] = await tx.$queryRaw<RefusalCounts[]>`
    WITH last AS (
      SELECT began_at - interval '5 minutes' AS began_at, ended_at FROM provider_trouble
      WHERE provider::text = ${provider} AND base_url = ${baseUrl} AND ended_at IS NOT NULL
      ORDER BY ended_at DESC LIMIT 1
    ), refused AS (
      SELECT count(DISTINCT entry.connection_id)::int AS total
      FROM rotation_journal AS entry
      JOIN connection ON connection.id = entry.connection_id
      JOIN provider_app AS app ON app.id = connection.app_id
      WHERE entry.outcome IN ('terminal', 'uncertain') AND entry.ended_at >= ${since}
        AND entry.failure_code <> ALL (${nobodysWord})
        AND app.provider::text = ${provider} AND app.base_url = ${baseUrl}
        AND NOT EXISTS (SELECT 1 FROM last WHERE entry.started_at < last.ended_at)
        AND NOT EXISTS (
          SELECT 1 FROM last JOIN rotation_journal AS earlier ON earlier.connection_id = entry.connection_id
            AND earlier.outcome IN ('terminal', 'uncertain')
            AND earlier.started_at >= last.began_at AND earlier.started_at < last.ended_at
          WHERE connection.last_success_at IS NULL OR connection.last_success_at < last.ended_at)
    )
    SELECT refused.total AS refused, (
      SELECT count(*)::int FROM (
        SELECT 1 FROM rotation_journal AS entry
        JOIN connection ON connection.id = entry.connection_id
        JOIN provider_app AS app ON app.id = connection.app_id
        WHERE refused.total >= ${refusedMin} AND entry.outcome = 'renewed' AND entry.ended_at >= ${since}
          AND entry.cause NOT IN ('connect', 'reconnect')
          AND app.provider::text = ${provider} AND app.base_url = ${baseUrl}
        LIMIT refused.total + 1
      ) AS counted
    ) AS renewed
    FROM refused`
  return counts ?? { refused: 0, renewed: 0 }
}

/**
 * Renewals of a host that were asked for after its newest refusal had come.
 *
 * @param since of its trouble
 * @param enough they are counted up to this
 */
export async function countInARow(
  db: Pick<Tx, '$queryRaw'>,
  { provider, baseUrl }: ProviderHost,
  since: Date,
  enough: number,
): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`
    WITH refusal AS (
      SELECT max(newest.ended_at) AS ended_at
      FROM (VALUES ('terminal'::"RotationOutcome"), ('uncertain')) AS kind (outcome)
      CROSS JOIN LATERAL (
        SELECT entry.ended_at FROM rotation_journal AS entry
        JOIN connection ON connection.id = entry.connection_id
        JOIN provider_app AS app ON app.id = connection.app_id
        WHERE entry.outcome = kind.outcome AND entry.ended_at >= ${since}
          AND app.provider::text = ${provider} AND app.base_url = ${baseUrl}
        ORDER BY entry.ended_at DESC LIMIT 1
      ) AS newest
    )
    SELECT count(*)::int AS total FROM (
      SELECT 1 FROM refusal, rotation_journal AS entry
      JOIN connection ON connection.id = entry.connection_id
      JOIN provider_app AS app ON app.id = connection.app_id
      WHERE entry.outcome = 'renewed' AND entry.cause NOT IN ('connect', 'reconnect')
        AND entry.ended_at >= coalesce(refusal.ended_at, ${since})
        AND entry.started_at >= coalesce(refusal.ended_at, ${since})
        AND app.provider::text = ${provider} AND app.base_url = ${baseUrl}
      LIMIT ${enough}
    ) AS counted`
  return row?.total ?? 0
}
