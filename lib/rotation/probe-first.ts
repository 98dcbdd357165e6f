import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'
import { jitter } from './jitter'
import { openToken } from './pair-columns'
import { isDue, nextTryAt } from './plan'
import { probeToken } from './probe-token'
import type { RotationState } from './rotation-state'
import { change, failed, type SettledFailure } from './settling'

/**
 * Tries the access token of a connection whose database was a copy when a person let it go on, before its refresh token is
 * spent. One that the provider refuses before its time was renewed by the original: then the grant is the original's. One
 * that has ended by the clock tells nothing, and a person said that this database goes on.
 *
 * @returns `null` when the rotation may go on
 */
export async function probeFirst(
  deps: Deps,
  app: OpenApp,
  state: RotationState,
): Promise<SettledFailure | null> {
  const { pair } = state
  if (!state.probeFirst) return null
  if (!pair?.refreshTokenSealed || isDue(pair, 1, deps.clock.now().getTime())) return null
  const accessToken = openToken(deps, state.id, 'access_token_sealed', pair.accessTokenSealed)
  const outcome = await probeToken(deps, app, state, accessToken)
  switch (outcome.kind) {
    case 'alive':
      await deps.db.connection.updateMany({
        where: { id: state.id, generation: state.generation },
        data: { probeFirst: false },
      })
      return null
    case 'dead':
      return stopAt(deps, state, {
        code: 'renewed_elsewhere',
        words: `The original seems to have renewed this grant since the copy was made. The provider said of the stored token: ${outcome.words}`,
      })
    case 'unknown':
      return waitFor(deps, state, { code: outcome.code, words: outcome.words })
  }
}

type Words = { code: string; words: string }

async function stopAt(deps: Deps, state: RotationState, { code, words }: Words): Promise<SettledFailure> {
  const now = deps.clock.now()
  const columns = {
    uncertainAt: state.uncertainAt ?? now,
    retryingSince: null,
    verdictAt: null,
    nextAttemptAt: null,
  }
  const isWritten = await changeUnlessRenewed(deps, state, { code, words }, now, columns)
  return isWritten ? failed('uncertain', { code, words, status: null }, null) : { kind: 'superseded' }
}

async function waitFor(deps: Deps, state: RotationState, { code, words }: Words): Promise<SettledFailure> {
  const now = deps.clock.now()
  const failureCount = state.failureCount + 1
  const retryAt = nextTryAt(failureCount, null, now.getTime(), jitter(deps))
  const retrying = { retryingSince: state.retryingSince ?? now, nextAttemptAt: retryAt }
  const ended = state.needsReconnectAt ?? state.uncertainAt
  const isWritten = await changeUnlessRenewed(deps, state, { code, words }, now, {
    failureCount,
    ...(ended ? {} : retrying),
  })
  return isWritten ? failed('transient', { code, words, status: null }, retryAt) : { kind: 'superseded' }
}

/** What the probe of one pair told says nothing about the next one, stored while it ran. */
async function changeUnlessRenewed(
  deps: Deps,
  state: RotationState,
  { code, words }: Words,
  now: Date,
  columns: Parameters<typeof change>[1],
): Promise<boolean> {
  return deps.db.$transaction(async (tx) => {
    const same = await tx.connection.updateMany({
      where: { id: state.id, generation: state.generation },
      data: { generation: state.generation },
    })
    if (same.count === 0) return false
    await change({ tx, deps, state, words: { code, words, status: null }, now }, columns)
    return true
  })
}
