import { PatchbayError } from '../../core/errors'
import type { Deps } from '../../deps'

const dayMs = 86_400_000

/**
 * Remembers a request to renew for a day. It names the pair that was there when it first came, so that a repeat can be told from a new
 * wish: it never replaces another pair than that, whatever became of the first try. Two that come at once are one.
 */
const remember = {
  name: 'remember_refresh_request',
  text: `
    INSERT INTO refresh_request AS kept (api_key_id, idempotency_key, connection_id, generation, at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (api_key_id, idempotency_key) DO UPDATE SET
      connection_id = CASE WHEN kept.at < $6 THEN excluded.connection_id ELSE kept.connection_id END,
      generation = CASE WHEN kept.at < $6 THEN excluded.generation ELSE kept.generation END,
      at = CASE WHEN kept.at < $6 THEN excluded.at ELSE kept.at END
    RETURNING connection_id AS "connectionId", generation`,
}

export type RefreshRequest = {
  keyId: string
  idempotencyKey: string
  connectionId: string
  /** Of the pair that is stored now. */
  generation: number
}

/**
 * @returns the generation of the pair that the first request of this key meant
 * @throws PatchbayError `conflict` when that was about another connection
 */
export async function firstMeant(deps: Pick<Deps, 'sql' | 'clock'>, asked: RefreshRequest): Promise<number> {
  const now = deps.clock.now()
  const [row] = await deps.sql.run<{ connectionId: string; generation: number }>(remember, [
    asked.keyId,
    asked.idempotencyKey,
    asked.connectionId,
    asked.generation,
    now,
    new Date(now.getTime() - dayMs),
  ])
  if (row?.connectionId === asked.connectionId) return row.generation
  throw new PatchbayError('conflict', 'This Idempotency-Key was used for another connection.')
}
