import type { Deps } from '../deps'
import { appRetryMs } from '../provider-apps/app-fault'
import { decideRotation, type Probe, type RotationDecision } from './decide-rotation'
import type { RotationCause } from './journal'
import { planProbe } from './plan-probe'
import { troubleRetryMs } from './provider-trouble'
import { type RotationState, rotationFacts } from './rotation-state'

/**
 * What `decideRotation` says of a state, with the one question that only the database can answer: while an app is refused or a
 * provider is in trouble, whether this connection is the one that is let through. Who is names the next one.
 */
export async function admitRotation(
  deps: Pick<Deps, 'db' | 'clock' | 'providers' | 'jobs'>,
  state: RotationState,
  cause: RotationCause,
): Promise<Exclude<RotationDecision, Probe>> {
  const policy = deps.providers.get(state.provider).policy(state.grantKind)
  const decision = decideRotation(rotationFacts(state), policy, cause, deps.clock.now().getTime())
  if (decision.kind !== 'probe') return decision
  return (await claimProbe(deps, state, decision)) ? decision.method : decision.instead
}

/** The claim is an UPDATE of the instant that was seen: of many that come at once, one finds it unchanged. */
async function claimProbe(
  deps: Pick<Deps, 'db' | 'clock' | 'jobs'>,
  state: RotationState,
  { of, seen }: Probe,
): Promise<boolean> {
  const nowMs = deps.clock.now().getTime()
  const nextAt = new Date(nowMs + (of === 'app' ? appRetryMs : troubleRetryMs))
  const claimed =
    of === 'app'
      ? await deps.db.providerApp.updateMany({
          where: { id: state.appId, faultAt: { not: null }, faultRetryAt: seen },
          data: { faultRetryAt: nextAt },
        })
      : await deps.db.providerTrouble.updateMany({
          where: { id: state.trouble?.id ?? '', endedAt: null, retryAt: seen ?? nextAt },
          data: { retryAt: nextAt },
        })
  if (claimed.count === 0) return false
  await planProbe(deps, state, of, nextAt)
  return true
}
