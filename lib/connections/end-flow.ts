import type { Db } from '../db/client'
import type { Deps } from '../deps'
import type { FlowFailure } from './flow-words'
import { interrupted } from './flow-words'

/** What a flow's end erases: nothing of it can be used again. */
const erased = { codeSealed: null, verifierSealed: null } as const

/**
 * Makes a flow's state unusable before its code is spent, for whoever comes first. Until the end is known the row says that
 * the exchange was interrupted, which is the truth if the process dies here.
 *
 * @returns false when it was claimed before
 */
export async function claimFlow(deps: Pick<Deps, 'db' | 'clock'>, flowId: string): Promise<boolean> {
  const claimed = await deps.db.connectFlow.updateMany({
    where: { id: flowId, finishedAt: null },
    data: {
      finishedAt: deps.clock.now(),
      outcome: 'failed',
      failureCode: interrupted.code,
      failureWords: interrupted.words,
      ...erased,
    },
  })
  return claimed.count === 1
}

/** A flow's good end, or the choice that another account asks for. Written in the transaction that stores its tokens. */
export async function completeFlow(
  tx: Pick<Db, 'connectFlow'>,
  flowId: string,
  outcome: 'completed' | 'other_account',
  resultId: string,
): Promise<void> {
  await tx.connectFlow.update({
    where: { id: flowId },
    data: { outcome, resultId, failureCode: null, failureWords: null, ...erased },
    select: { id: true },
  })
}

/**
 * Ends a flow whose code was not spent.
 *
 * @returns `null`, and nothing is written, when the flow has been claimed or has ended meanwhile
 */
export async function refuseFlow(
  deps: Pick<Deps, 'db' | 'clock' | 'events'>,
  flowId: string,
  outcome: 'denied' | 'failed',
  failure: FlowFailure,
): Promise<{ kind: 'ended'; flowId: string; code: string; words: string } | null> {
  return (await claimFlow(deps, flowId)) ? failFlow(deps, flowId, outcome, failure) : null
}

/** The bad end of a flow that was claimed, with the sentence for its page. */
export async function failFlow(
  deps: Pick<Deps, 'db' | 'clock' | 'events'>,
  flowId: string,
  outcome: 'denied' | 'failed',
  failure: FlowFailure,
): Promise<{ kind: 'ended'; flowId: string; code: string; words: string }> {
  await deps.db.connectFlow.update({
    where: { id: flowId },
    data: {
      outcome,
      finishedAt: deps.clock.now(),
      failureCode: failure.code,
      failureWords: failure.words,
      ...erased,
    },
    select: { id: true },
  })
  await deps.events.publish({ topic: 'flow', id: flowId })
  return { kind: 'ended', flowId, code: failure.code, words: failure.words }
}
