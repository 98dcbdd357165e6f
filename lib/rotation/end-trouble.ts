import { writeAudit } from '../audit/write-audit'
import { providerNames } from '../core/provider'
import type { Deps } from '../deps'
import { announce } from '../notifications/announce'
import { planAgain } from '../provider-apps/plan-again'
import { countInARow } from './count-refusals'
import { planProbe } from './plan-probe'
import { openTrouble, patchbay } from './provider-trouble'
import type { RotationState } from './rotation-state'

/** A provider that recovers by halves renews one now and then; so many in a row, and it is well. */
const enoughInARow = 3

/**
 * Notes that a provider in trouble has renewed a pair. The first ones hasten the next probe; enough of them in a row end the
 * trouble: people are told once, and what waits is planned within a minute.
 *
 * @returns whether this call ended it
 */
export async function endTrouble(
  deps: Deps,
  state: Pick<RotationState, 'id' | 'appId' | 'provider' | 'app'>,
): Promise<boolean> {
  const host = { provider: state.provider, baseUrl: state.app.baseUrl }
  const trouble = await openTrouble(deps.db, host)
  if (!trouble) return false
  const { id, beganAt } = trouble
  if ((await countInARow(deps.db, host, beganAt, enoughInARow)) < enoughInARow) {
    const retryAt = deps.clock.now()
    await deps.db.providerTrouble.updateMany({ where: { id, endedAt: null }, data: { retryAt } })
    await planProbe(deps, state, 'trouble', retryAt)
    return false
  }
  const endedAt = deps.clock.now()
  const isEnded = await deps.db.$transaction(async (tx) => {
    const ended = await tx.providerTrouble.updateMany({
      where: { id, endedAt: null },
      data: { endedAt, openKey: null },
    })
    if (ended.count === 0) return false
    const name = providerNames[host.provider]
    const detail = { host: host.baseUrl, since: beganAt.toISOString() }
    await writeAudit(tx, deps, patchbay, {
      action: 'provider.recovered',
      subject: { kind: 'setting', id, name },
      detail,
    })
    await announce(tx, deps, {
      kind: 'provider.recovered',
      dedupeKey: `provider.recovered:${id}`,
      subject: { kind: 'provider', id, name },
      detail: { provider: host.provider, ...detail },
    })
    return true
  })
  if (!isEnded) return false
  await deps.jobs.planRotations(await planAgain(deps.db, deps, host))
  await deps.events.publish({ topic: 'app', id: '*' })
  await deps.events.publish({ topic: 'connection', id: '*' })
  return true
}
