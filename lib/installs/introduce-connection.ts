import type { Deps } from '../deps'
import type { ApiAnswerFacts, OpenApp } from '../providers/contract'
import { recordAnswers } from '../rate-limits/record-answers'
import { callContext } from '../rotation/call-context'
import { changeConnection } from '../rotation/change-connection'
import { markUsed } from '../rotation/first-use'
import { openToken } from '../rotation/pair-columns'
import { readRotationState } from '../rotation/rotation-state'

/**
 * Asks the provider for the name of an accepted install's account, where nothing has told it yet. It is the pair's first use;
 * a provider that does not answer leaves the connection as it is, with the account's id for a name.
 *
 * @param timeoutMs whoever called still waits for an answer
 */
export async function introduceConnection(
  deps: Deps,
  app: OpenApp,
  connectionId: string,
  timeoutMs: number,
): Promise<void> {
  const state = await readRotationState(deps, connectionId)
  const { pair, externalAccountId, externalOrgId } = state
  if (state.lifecycle !== 'live' || !pair) return
  const answers: ApiAnswerFacts[] = []
  const outcome = await deps.providers
    .get(state.provider)
    .identify(callContext(deps, timeoutMs, answers), app, {
      grant: state.grantKind,
      accessToken: openToken(deps, connectionId, 'access_token_sealed', pair.accessTokenSealed),
      apiUrl: state.apiUrl,
      account: {
        ...(externalAccountId ? { externalAccountId } : {}),
        ...(externalOrgId ? { externalOrgId } : {}),
      },
    })
  recordAnswers(deps, state, answers)
  if (outcome.kind !== 'identified') return
  await markUsed(deps, connectionId, pair.generation)
  const { orgName, accountName, scopes } = outcome.identity
  await deps.db.$transaction(async (tx) => {
    await changeConnection(tx, connectionId, {
      ...(orgName ? { orgName, accountName } : {}),
      ...(scopes ? { grantedScopes: scopes, scopesReported: true } : {}),
    })
    if (orgName) await tx.install.updateMany({ where: { connectionId, orgName: null }, data: { orgName } })
  })
}
