import type { ProviderId } from '../core/provider'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { lapsedGrant, ownRefusals, secondAskMs } from './judge-refusal'

/** Where grants are asked for: one provider may have several, such as white labels. */
export type ProviderHost = { provider: ProviderId; baseUrl: string }

/**
 * Takes back what was believed shortly before a provider turned out to be in trouble, but for what a person's own call brought:
 * these connections retry again, and the provider is asked once more. Rows that others change at this moment are left to them.
 *
 * @param tx a transaction
 * @param since verdicts believed before this stand
 * @returns how many were taken back
 */
export async function takeBackVerdicts(
  tx: Pick<Tx, '$executeRaw'>,
  deps: Pick<Deps, 'clock'>,
  { provider, baseUrl }: ProviderHost,
  since: Date,
): Promise<number> {
  const now = deps.clock.now()
  const askAgainAt = new Date(now.getTime() + secondAskMs)
  const final = [...ownRefusals, lapsedGrant]
  return tx.$executeRaw`
    WITH believed AS (
      SELECT connection.id FROM connection
      JOIN provider_app AS app ON app.id = connection.app_id
      JOIN LATERAL (
        SELECT entry.outcome, entry.cause FROM rotation_journal AS entry
        WHERE entry.connection_id = connection.id ORDER BY entry.started_at DESC LIMIT 1
      ) AS newest ON newest.outcome IN ('terminal', 'uncertain')
        AND newest.cause NOT IN ('refresh_now', 'check_again', 'disconnect')
      WHERE connection.own_status IN ('needs_reconnect', 'uncertain') AND connection.lifecycle = 'live'
        AND app.provider::text = ${provider} AND app.base_url = ${baseUrl}
        AND greatest(connection.needs_reconnect_at, connection.uncertain_at) >= ${since}
        AND connection.failure_code <> ALL (${final})
      ORDER BY connection.id FOR NO KEY UPDATE OF connection SKIP LOCKED
    )
    UPDATE connection SET needs_reconnect_at = NULL, uncertain_at = NULL, retrying_since = ${now}, own_status = 'retrying',
      verdict_at = ${askAgainAt}, next_attempt_at = ${askAgainAt}::timestamptz + random() * interval '60 seconds'
    FROM believed WHERE connection.id = believed.id`
}
