import type { Deps } from '../deps'
import type { ApiAnswerFacts, CallContext } from '../providers/contract'

/** Deadline of a token call made by a job, and of one that a browser or a webhook waits for. Both end before the lease does. */
export const jobDeadlineMs = 45_000
export const requestDeadlineMs = 10_000
/**
 * The call that proves a new token waits no longer than this: after a token call of ten seconds, a process that is stopped has
 * ended within fifteen.
 */
export const probeDeadlineMs = 4_000

/**
 * What a provider's member is given for one call.
 *
 * @param answers collects the API answers, for `recordAnswers` after the call
 */
export function callContext(
  deps: Pick<Deps, 'http' | 'clock'>,
  timeoutMs: number,
  answers: ApiAnswerFacts[] = [],
): CallContext {
  return {
    http: deps.http,
    now: () => deps.clock.now(),
    timeoutMs,
    onAnswer: (answer) => answers.push(answer),
  }
}
