import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { OpenApp, ProbeOutcome } from '../providers/contract'
import { probeToken } from './probe-token'
import { retryLater } from './retry-later'
import type { RotationState } from './rotation-state'

/**
 * Uses a stored access token for the first time. That is when a provider that revokes on first use drops the pair before it,
 * so the previous refresh token is let go here and not earlier. Needs the committed pair: never call it inside a transaction.
 *
 * @param generation of the pair that `accessToken` belongs to
 */
export async function firstUse(
  deps: Deps,
  app: OpenApp,
  state: RotationState,
  { accessToken, generation }: { accessToken: Secret; generation: number },
): Promise<ProbeOutcome> {
  const outcome = await probeToken(deps, app, state, accessToken)
  switch (outcome.kind) {
    case 'alive':
      await markUsed(deps, state.id, generation)
      break
    case 'dead':
      // The count of failures outlives the pair (`commitPair`), so that a provider that refuses every token is not asked for
      // one a minute. The next attempt may spend the previous refresh token.
      await retryLater(deps, { id: state.id, generation }, outcome)
      break
    case 'unknown':
      break
  }
  return outcome
}

const markPairsUsed = {
  name: 'mark_pairs_used',
  text: `
    WITH item AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS item (n int, connection_id text, generation int, at timestamptz)
    ), used AS (
      UPDATE token_pair AS pair SET first_used_at = item.at, previous_refresh_token_sealed = NULL
      FROM item
      WHERE pair.connection_id = item.connection_id AND pair.generation = item.generation AND pair.first_used_at IS NULL
      RETURNING item.n, item.connection_id, item.generation
    ), proven AS (
      UPDATE connection SET failure_count = 0 FROM used
      WHERE connection.id = used.connection_id AND connection.generation = used.generation
        AND connection.failure_count > 0 AND connection.retrying_since IS NULL
    )
    SELECT n FROM used`,
}

/** Notes that the pair has proved itself, by whatever call, and forgets the refresh token before it. */
export async function markUsed(
  deps: Pick<Deps, 'sql' | 'clock'>,
  connectionId: string,
  generation: number,
): Promise<void> {
  await deps.sql.batched(markPairsUsed, { connection_id: connectionId, generation, at: deps.clock.now() })
}
