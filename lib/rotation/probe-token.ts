import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { ApiAnswerFacts, OpenApp, ProbeOutcome } from '../providers/contract'
import { recordAnswers } from '../rate-limits/record-answers'
import { callContext, probeDeadlineMs } from './call-context'
import type { RotationState } from './rotation-state'

/**
 * Asks the provider whether an access token of a connection lives. It counts as the token's first use (`firstUse`), and against
 * the connection's rate limits.
 */
export async function probeToken(
  deps: Deps,
  app: OpenApp,
  state: RotationState,
  accessToken: Secret,
): Promise<ProbeOutcome> {
  const answers: ApiAnswerFacts[] = []
  deps.metrics.providerCalls.inc({ provider: state.provider, call: 'probe' })
  const outcome = await deps.providers
    .get(state.provider)
    .probe(callContext(deps, probeDeadlineMs, answers), app, {
      grant: state.grantKind,
      accessToken,
      apiUrl: state.apiUrl,
    })
  recordAnswers(deps, state, answers)
  return outcome
}
