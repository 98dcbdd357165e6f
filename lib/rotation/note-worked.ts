import type { Deps } from '../deps'
import { noteAppWorks } from '../provider-apps/app-fault'
import { announceRecovery } from './announce-status'
import { endTrouble } from './end-trouble'
import type { RotationState } from './rotation-state'

/**
 * Notes what a committed rotation proves beside its own pair: the app's credentials are right, the provider renews, and a
 * connection that people were told of is well again. It asks the database only where the state that the rotation read says
 * that there is something to note. Comes after the commit, since nothing here may cost a pair; never throws.
 */
export async function noteRotationWorked(deps: Deps, state: RotationState): Promise<void> {
  if (state.app.faultAt) await noteAppWorks(deps, state.appId)
  try {
    if (state.trouble) await endTrouble(deps, state)
    if (state.ownStatus !== 'healthy') await announceRecovery(deps.db, deps, state)
  } catch (error) {
    deps.log.warn({ err: error, connectionId: state.id }, 'what a renewal proves was not noted')
  }
}
