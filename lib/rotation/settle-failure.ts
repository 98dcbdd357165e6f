import { writeAudit } from '../audit/write-audit'
import type { ConnectionStatus } from '../core/status'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { markAppFault } from '../provider-apps/app-fault'
import type { FailureWords, TokenOutcome } from '../providers/contract'
import { changeConnection } from './change-connection'
import { closeJournal, closeLostCalls, noteLostAnswer } from './journal'
import { nextSuspendedTryAt, nextTryAt } from './plan'
import type { RotationState } from './rotation-state'

export type FailedOutcome = Exclude<TokenOutcome, { kind: 'renewed' }>

/** What a failed token call meant for its connection. */
export type SettledFailure =
  | {
      kind: 'failed'
      outcome: 'transient' | 'terminal' | 'app_fault' | 'suspended' | 'uncertain'
      code: string
      words: string
      retryAt: Date | null
    }
  /** Another pair was stored meanwhile: the failure says nothing about the connection. */
  | { kind: 'superseded' }

const dayMs = 24 * 3_600_000

/**
 * Writes what a failed token call means, in one transaction with its journal row. Only a terminal failure ends the grant, and
 * only while the row still has the pair that was refused; after a lost answer it makes the connection uncertain instead.
 */
export async function settleFailure(
  deps: Deps,
  state: RotationState,
  journalId: string,
  outcome: FailedOutcome,
): Promise<SettledFailure> {
  const settled = await write(deps, state, journalId, outcome)
  // Outside the transaction: it touches the one row that all connections of the app share.
  if (settled.kind === 'failed' && outcome.kind === 'app_fault')
    await markAppFault(deps.db, deps, state.appId, outcome)
  return settled
}

function write(
  deps: Deps,
  state: RotationState,
  journalId: string,
  outcome: FailedOutcome,
): Promise<SettledFailure> {
  return deps.db.$transaction(async (tx) => {
    const claimed = await tx.connection.updateMany({
      where: { id: state.id, generation: state.generation, lifecycle: state.lifecycle },
      data: { failureCount: { increment: 1 } },
    })
    if (claimed.count === 0) {
      await closeJournal(tx, deps, journalId, 'discarded', outcome)
      return { kind: 'superseded' }
    }
    const now = deps.clock.now()
    const words = wordsOf(state, outcome, now)
    const failure = { failureAt: now, failureCode: words.code, failureWords: words.words }
    const settled = (
      kind: 'transient' | 'terminal' | 'app_fault' | 'suspended' | 'uncertain',
      retryAt: Date | null,
    ) => ({ kind: 'failed', outcome: kind, code: words.code, words: words.words, retryAt }) as const

    switch (outcome.kind) {
      case 'transient': {
        if (outcome.ambiguous) await noteLostAnswer(tx, journalId, words)
        else await closeJournal(tx, deps, journalId, 'transient', words)
        const retryAt = nextTryAt(state.failureCount + 1, outcome.retryAfterMs, now.getTime())
        const ended = state.needsReconnectAt ?? state.uncertainAt
        const retrying = { retryingSince: state.retryingSince ?? now, nextAttemptAt: retryAt }
        await change(tx, deps, state, { ...failure, ...(ended ? {} : retrying) })
        return settled('transient', retryAt)
      }
      case 'app_fault': {
        await closeJournal(tx, deps, journalId, 'app_fault', words)
        const retryAt = nextTryAt(state.failureCount + 1, null, now.getTime())
        const ended = state.needsReconnectAt ?? state.uncertainAt
        await change(tx, deps, state, { ...failure, ...(ended ? {} : { nextAttemptAt: retryAt }) })
        return settled('app_fault', retryAt)
      }
      case 'suspended': {
        await closeJournal(tx, deps, journalId, 'transient', words)
        const retryAt = nextSuspendedTryAt(now.getTime())
        await change(tx, deps, state, {
          ...failure,
          suspendedAt: state.suspendedAt ?? now,
          suspendedReason: words.words,
          nextAttemptAt: retryAt,
        })
        return settled('suspended', retryAt)
      }
      case 'terminal': {
        const lost = await tx.rotationJournal.count({
          where: { connectionId: state.id, outcome: 'open', id: { not: journalId } },
        })
        const uncertain = lost > 0 || state.uncertainAt !== null
        await closeJournal(tx, deps, journalId, uncertain ? 'uncertain' : 'terminal', words)
        await closeLostCalls(tx, deps, state.id, 'uncertain')
        const ended = uncertain
          ? { uncertainAt: state.uncertainAt ?? now }
          : { needsReconnectAt: state.needsReconnectAt ?? now }
        await change(tx, deps, state, {
          ...failure,
          ...ended,
          suspendedAt: null,
          suspendedReason: null,
          retryingSince: null,
          nextAttemptAt: null,
        })
        return settled(uncertain ? 'uncertain' : 'terminal', null)
      }
    }
  })
}

const announced: Partial<Record<ConnectionStatus, string>> = {
  needs_reconnect: 'connection.needs_reconnect',
  uncertain: 'connection.became_uncertain',
  suspended: 'connection.suspended',
}

/** What a person has to act on is told in the trail, once, when the status changes. */
async function change(
  tx: Tx,
  deps: Deps,
  state: RotationState,
  columns: Parameters<typeof changeConnection>[2],
): Promise<void> {
  const { before, after } = await changeConnection(tx, state.id, columns)
  const action = announced[after]
  if (before === after || !action) return
  await writeAudit(
    tx,
    deps,
    { kind: 'system', name: 'Patchbay' },
    {
      action,
      subject: { kind: 'connection', id: state.id, name: state.label ?? state.accountName },
      detail: { code: columns.failureCode ?? null, words: columns.failureWords ?? null },
    },
  )
}

/**
 * The provider's words, but for a development grant that ends six to eight days after consent: that is what development
 * credentials do (seed 001), not a fault to look for.
 */
function wordsOf(state: RotationState, outcome: FailedOutcome, now: Date): FailureWords {
  const { code, words, status } = outcome
  if (outcome.kind !== 'terminal' || state.app.environment !== 'development' || !state.consentAt) {
    return { code, words, status }
  }
  const ageDays = (now.getTime() - state.consentAt.getTime()) / dayMs
  if (ageDays < 6 || ageDays > 8) return { code, words, status }
  return {
    code: 'development_grant_lapsed',
    words: `Grants of development credentials lapse weekly, as expected: connect again, or use production credentials. ${words}`,
    status,
  }
}
