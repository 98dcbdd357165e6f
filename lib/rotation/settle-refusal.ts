import { closeJournal, closeLostCalls } from './journal'
import { doubtWords, judgeRefusal, secondAskMs, troubleBelievedAfterMs } from './judge-refusal'
import { troubleAt } from './provider-trouble'
import { backOffAt, change, failed, type SettledFailure, type Settling } from './settling'

/**
 * Settles a refusal for good. The journal has it first, since the refusals of all connections of the host are counted there;
 * then it is judged, and either ends the grant or waits to be repeated. After a lost answer the connection becomes uncertain
 * instead of needing its person: the token may have died with that answer.
 */
export async function settleRefusal(settling: Settling): Promise<SettledFailure> {
  const { tx, deps, state, fresh, call, words, now } = settling
  const isUncertain = fresh.uncertainAt !== null || (await answerWasLost(settling))
  await closeJournal(tx, deps, call.journalId, isUncertain ? 'uncertain' : 'terminal', words)
  const trouble = await troubleAt(tx, deps, state, words)
  if (trouble?.isNew) settling.noticed.trouble = true
  const judgement = judgeRefusal(
    {
      cause: call.cause,
      code: words.code,
      verdictAt: fresh.verdictAt,
      troubleSince: trouble?.beganAt ?? null,
    },
    now.getTime(),
  )
  if (judgement.kind === 'doubted') {
    const isTrouble = trouble !== null && now.getTime() - trouble.beganAt.getTime() < troubleBelievedAfterMs
    return doubt(settling, judgement.askAgainAt, isTrouble)
  }
  await closeLostCalls(tx, deps, state.id, 'uncertain')
  const ended = isUncertain
    ? { uncertainAt: fresh.uncertainAt ?? now }
    : { needsReconnectAt: fresh.needsReconnectAt ?? now }
  await change(settling, {
    ...ended,
    suspendedAt: null,
    suspendedReason: null,
    retryingSince: null,
    verdictAt: null,
    nextAttemptAt: null,
  })
  return failed(isUncertain ? 'uncertain' : 'terminal', words, null)
}

/** Another call of this pair whose answer nobody has stored, found by this refusal or by the one before it. */
async function answerWasLost({ tx, state, call }: Settling): Promise<boolean> {
  const lost = await tx.rotationJournal.count({
    where: {
      connectionId: state.id,
      id: { not: call.journalId },
      OR: [{ outcome: 'open' }, { outcome: 'uncertain', generation: state.generation }],
    },
  })
  return lost > 0
}

/** A verdict that people were told of stays; any other connection retries until the refusal is repeated. */
async function doubt(settling: Settling, askAgainAt: Date, isTrouble: boolean): Promise<SettledFailure> {
  const { fresh, now } = settling
  const backOff = await backOffAt(settling, null)
  const soonest = new Date(Math.max(backOff.getTime(), now.getTime() + secondAskMs))
  const retryAt = isTrouble || soonest < askAgainAt ? soonest : askAgainAt
  const { code, status } = settling.words
  const words = { code, words: doubtWords(settling.words.words, retryAt, isTrouble), status }
  if (fresh.needsReconnectAt || fresh.uncertainAt) {
    await change({ ...settling, words }, {})
    return failed('unconfirmed', words, null)
  }
  await change(
    { ...settling, words },
    {
      retryingSince: fresh.retryingSince ?? now,
      verdictAt: fresh.verdictAt ?? askAgainAt,
      nextAttemptAt: retryAt,
    },
  )
  return failed('unconfirmed', words, retryAt)
}
