import type { UserActor } from '../core/actor'
import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'
import { callContext, requestDeadlineMs } from '../rotation/call-context'
import type { Adopted, AdoptingFlow } from './adopt-tokens'
import { claimFlow } from './end-flow'
import { type FlowEnd, settleExchange } from './settle-exchange'

/** Connects an application itself (client credentials): no consent and no redirect, one token call. */
export async function mintApplication(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  flow: AdoptingFlow,
): Promise<Adopted | FlowEnd> {
  await claimFlow(deps, flow.id)
  const startedAt = deps.clock.now()
  const outcome = await deps.providers
    .get(app.provider)
    .mint(callContext(deps, requestDeadlineMs), app, { grant: flow.grantKind, externalInstallId: null })
  return settleExchange(deps, user, app, flow, { outcome, startedAt })
}
