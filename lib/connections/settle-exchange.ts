import type { UserActor } from '../core/actor'
import type { Deps } from '../deps'
import { markAppFault } from '../provider-apps/app-fault'
import type { OpenApp, TokenOutcome } from '../providers/contract'
import { type Adopted, type AdoptingFlow, adoptTokens } from './adopt-tokens'
import { failFlow } from './end-flow'
import { exchangeWords } from './flow-words'

export type FlowEnd = { kind: 'ended'; flowId: string; code: string; words: string }

/**
 * What a flow's one token call led to: a connection, or the flow's end with nothing stored. Credentials that the provider
 * refuses mark the provider app.
 *
 * @param startedAt of the token call
 */
export async function settleExchange(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  flow: AdoptingFlow,
  { outcome, startedAt }: { outcome: TokenOutcome; startedAt: Date },
): Promise<Adopted | FlowEnd> {
  if (outcome.kind === 'renewed') {
    return adoptTokens(deps, user, app, flow, { tokens: outcome.tokens, startedAt })
  }
  if (outcome.kind === 'app_fault') {
    await deps.db.$transaction((tx) => markAppFault(tx, deps, app.id, outcome))
    await deps.events.publish({ topic: 'app', id: app.id })
  }
  return failFlow(deps, flow.id, 'failed', exchangeWords(app.provider, outcome))
}
