import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { ApiAnswerFacts, FailureWords, OpenApp, ProbeOutcome } from '../providers/contract'
import { recordAnswers } from '../rate-limits/record-answer'
import { callContext, probeDeadlineMs } from './call-context'
import { changeConnection } from './change-connection'
import { nextTryAt } from './plan'
import { agreedWindow, bucketOwner, type RotationState } from './rotation-state'

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
  const answers: ApiAnswerFacts[] = []
  const outcome = await deps.providers
    .get(state.provider)
    .probe(callContext(deps, probeDeadlineMs, answers), app, {
      grant: state.grantKind,
      accessToken,
      apiUrl: state.apiUrl,
    })
  await recordAnswers(deps, bucketOwner(state), agreedWindow(state.app), answers)
  switch (outcome.kind) {
    case 'alive':
      await markUsed(deps, state.id, generation)
      break
    case 'dead':
      await noteDead(deps, state.id, generation, outcome)
      break
    case 'unknown':
      break
  }
  return outcome
}

/**
 * A pair that is refused at once: the next attempt renews it, with the previous refresh token if need be. The count of
 * failures outlives the pair (`commitPair`), so that a provider that refuses every token is not asked for one a minute.
 */
async function noteDead(
  deps: Pick<Deps, 'db' | 'clock'>,
  connectionId: string,
  generation: number,
  { code, words }: FailureWords,
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.$transaction(async (tx) => {
    const where = { id: connectionId, generation }
    await tx.connection.updateMany({ where, data: { failureCount: { increment: 1 } } })
    const row = await tx.connection.findFirst({ where, select: { failureCount: true, retryingSince: true } })
    if (!row) return
    await changeConnection(tx, connectionId, {
      retryingSince: row.retryingSince ?? now,
      nextAttemptAt: nextTryAt(row.failureCount, null, now.getTime()),
      failureAt: now,
      failureCode: code,
      failureWords: words,
    })
  })
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
