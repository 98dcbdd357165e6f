import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { ApiAnswerFacts, OpenApp, ProbeOutcome } from '../providers/contract'
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
  const now = deps.clock.now()
  switch (outcome.kind) {
    case 'alive':
      await markUsed(deps, state.id, generation)
      break
    case 'dead':
      // A pair that is refused at once: the next attempt renews it, with the previous refresh token if need be.
      await deps.db.$transaction(async (tx) => {
        const same = await tx.connection.updateMany({
          where: { id: state.id, generation },
          data: { failureCount: 1 },
        })
        if (same.count === 0) return
        await changeConnection(tx, state.id, {
          retryingSince: now,
          nextAttemptAt: nextTryAt(1, null, now.getTime()),
          failureAt: now,
          failureCode: outcome.code,
          failureWords: outcome.words,
        })
      })
      break
    case 'unknown':
      break
  }
  return outcome
}

const markPairsUsed = {
  name: 'mark_pairs_used',
  text: `
    UPDATE token_pair AS pair SET first_used_at = item.at, previous_refresh_token_sealed = NULL
    FROM jsonb_to_recordset($1::jsonb) AS item (n int, connection_id text, generation int, at timestamptz)
    WHERE pair.connection_id = item.connection_id AND pair.generation = item.generation AND pair.first_used_at IS NULL
    RETURNING item.n`,
}

/** Notes that the pair has proved itself, by whatever call, and forgets the refresh token before it. */
export async function markUsed(
  deps: Pick<Deps, 'sql' | 'clock'>,
  connectionId: string,
  generation: number,
): Promise<void> {
  await deps.sql.batched(markPairsUsed, { connection_id: connectionId, generation, at: deps.clock.now() })
}
