import type { Db } from '../db/client'
import type { Deps } from '../deps'
import { appRetryMs } from '../provider-apps/app-fault'
import { decideRotation, type Probe, type RotationDecision } from './decide-rotation'
import type { RotationCause } from './journal'
import { troubleRetryMs } from './provider-trouble'
import { type RotationState, rotationFacts } from './rotation-state'

/** Of the connections that wait for the same cause, one that was asked this lately is not asked again. */
const restMs = 2 * 60_000

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
  await planNextProbe(deps, state, of, nextAt)
  return true
}

/** The one that was not asked for the longest time; a row that somebody changes at this moment is passed over. */
async function planNextProbe(
  deps: Pick<Deps, 'db' | 'clock' | 'jobs'>,
  state: RotationState,
  of: Probe['of'],
  at: Date,
): Promise<void> {
  const [next] = await planOne(deps.db, state, of, at, new Date(at.getTime() - restMs))
  if (!next) return
  await deps.jobs.planRotations([
    { connectionId: next.id, provider: state.provider, at, failing: next.failing },
  ])
}

function planOne(
  db: Pick<Db, '$queryRaw'>,
  state: RotationState,
  of: Probe['of'],
  at: Date,
  askedBefore: Date,
): Promise<{ id: string; failing: boolean }[]> {
  const appId = of === 'app' ? state.appId : null
  return db.$queryRaw`
    UPDATE connection SET next_attempt_at = ${at}
    WHERE id = (
      SELECT connection.id FROM connection JOIN provider_app AS app ON app.id = connection.app_id
      WHERE (app.id = ${appId} OR ${appId}::text IS NULL AND app.provider::text = ${state.provider}
          AND app.base_url = ${state.app.baseUrl})
        AND app.hidden_at IS NULL AND connection.lifecycle = 'live' AND connection.id <> ${state.id}
        AND connection.own_status IN ('healthy', 'retrying') AND connection.next_attempt_at IS NOT NULL
        AND (connection.failure_at IS NULL OR connection.failure_at < ${askedBefore})
      ORDER BY connection.failure_at ASC NULLS FIRST, connection.next_attempt_at
      LIMIT 1 FOR UPDATE OF connection SKIP LOCKED
    )
    RETURNING id, failure_count > 0 AS failing`
}
