import { factSelect } from '../core/connection-facts'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { markAppFault } from '../provider-apps/app-fault'
import { closeJournal, noteLostAnswer } from './journal'
import { nextSuspendedTryAt } from './plan'
import { planProbe } from './plan-probe'
import { troubleRetryMs } from './provider-trouble'
import { refusalWords } from './refusal-words'
import type { RotationState } from './rotation-state'
import { settleRefusal } from './settle-refusal'
import {
  backOffAt,
  change,
  type FailedCall,
  type FailedOutcome,
  failed,
  type SettledFailure,
  type Settling,
} from './settling'

/**
 * Writes what a failed token call means, in one transaction with its journal row, and only while the row still has the pair
 * that the call was made with.
 */
export async function settleFailure(
  deps: Deps,
  state: RotationState,
  call: FailedCall,
): Promise<SettledFailure> {
  const noticed = { trouble: false }
  const settled = await deps.db.$transaction((tx) => settle(tx, deps, state, call, noticed))
  if (settled.kind === 'superseded') return settled
  if (noticed.trouble) await followTrouble(deps, state)
  // Outside that transaction: it touches the one row that all connections of the app share.
  const { outcome } = call
  if (outcome.kind === 'app_fault')
    await deps.db.$transaction((tx) => markAppFault(tx, deps, state.appId, outcome))
  await queueRetry(deps, state, settled.retryAt)
  return settled
}

/**
 * Pages are told, and one connection is planned to see whether it is over. Not within the transaction, since others who
 * noticed the same wait for its end with connections to the database of their own.
 */
async function followTrouble(deps: Deps, state: RotationState): Promise<void> {
  await deps.events.publish({ topic: 'app', id: '*' })
  await deps.events.publish({ topic: 'connection', id: '*' })
  const retryAt = new Date(deps.clock.now().getTime() + troubleRetryMs)
  await planProbe(deps, state, 'trouble', retryAt).catch((error) =>
    deps.log.warn({ err: error, connectionId: state.id }, 'the first probe of a provider was not planned'),
  )
}

/** The row has the instant already; a queue that cannot be told leaves it to the sweep. */
async function queueRetry(deps: Deps, { id: connectionId, provider }: RotationState, at: Date | null) {
  if (!at) return
  await deps.jobs
    .planRotations([{ connectionId, provider, at, failing: true }])
    .catch((error) => deps.log.warn({ err: error, connectionId }, 'the next try was not queued'))
}

async function settle(
  tx: Tx,
  deps: Deps,
  state: RotationState,
  call: FailedCall,
  noticed: Settling['noticed'],
): Promise<SettledFailure> {
  const { journalId, outcome } = call
  const claimed = await tx.connection.updateMany({
    where: { id: state.id, generation: state.generation, lifecycle: state.lifecycle },
    data: { failureCount: { increment: 1 } },
  })
  if (claimed.count === 0) {
    await closeJournal(tx, deps, journalId, 'discarded', outcome)
    return { kind: 'superseded' }
  }
  const fresh = await tx.connection.findUniqueOrThrow({
    where: { id: state.id },
    select: { ...factSelect, failureCount: true },
  })
  const now = deps.clock.now()
  const { code, words, status } = outcome
  const plain = { code, words, status }
  const settling = { tx, deps, state, fresh, call, now, noticed }
  switch (outcome.kind) {
    case 'transient':
      return settlePassing({ ...settling, words: plain }, outcome)
    case 'app_fault':
      return settleAppFault({ ...settling, words: plain })
    case 'suspended':
      return settleSuspension({ ...settling, words: plain })
    case 'terminal':
      return settleRefusal({ ...settling, words: refusalWords(state, plain, now) })
  }
}

async function settlePassing(
  settling: Settling,
  outcome: Extract<FailedOutcome, { kind: 'transient' }>,
): Promise<SettledFailure> {
  const { tx, deps, fresh, call, words, now } = settling
  if (outcome.ambiguous) await noteLostAnswer(tx, call.journalId, words)
  else await closeJournal(tx, deps, call.journalId, 'transient', words)
  const retryAt = await backOffAt(settling, outcome.retryAfterMs)
  const ended = fresh.needsReconnectAt ?? fresh.uncertainAt
  await change(settling, ended ? {} : { retryingSince: fresh.retryingSince ?? now, nextAttemptAt: retryAt })
  return failed('transient', words, retryAt)
}

async function settleAppFault(settling: Settling): Promise<SettledFailure> {
  const { tx, deps, fresh, call, words } = settling
  await closeJournal(tx, deps, call.journalId, 'app_fault', words)
  const retryAt = await backOffAt(settling, null)
  const ended = fresh.needsReconnectAt ?? fresh.uncertainAt
  await change(settling, ended ? {} : { nextAttemptAt: retryAt })
  return failed('app_fault', words, retryAt)
}

async function settleSuspension(settling: Settling): Promise<SettledFailure> {
  const { tx, deps, fresh, call, words, now } = settling
  await closeJournal(tx, deps, call.journalId, 'transient', words)
  const retryAt = nextSuspendedTryAt(now.getTime())
  await change(settling, {
    suspendedAt: fresh.suspendedAt ?? now,
    suspendedReason: words.words,
    nextAttemptAt: retryAt,
  })
  return failed('suspended', words, retryAt)
}
