import type { Deps } from '../deps'
import type { TaskPayload } from '../jobs/tasks'
import { openApp } from '../provider-apps/open-app'
import { firstUse } from '../rotation/first-use'
import { openToken } from '../rotation/pair-columns'
import { isDue } from '../rotation/plan'
import { readRotationState } from '../rotation/rotation-state'

/**
 * Uses a pair for the first time where its rotation did not come to it: its process ended, or the provider did not answer.
 * Nothing happens where the pair has been used, replaced or has ended meanwhile.
 *
 * @throws Error when the provider did not tell: the job is tried again
 */
export async function firstUseJob(
  deps: Deps,
  { connectionId, generation }: TaskPayload<'first-use'>,
): Promise<void> {
  const state = await readRotationState(deps, connectionId)
  const { pair } = state
  if (state.lifecycle !== 'live' || !pair || pair.generation !== generation) return
  if (pair.firstUsedAt || isDue(pair, 1, deps.clock.now().getTime())) return
  const app = await openApp(deps, state.appId)
  const accessToken = openToken(deps, connectionId, 'access_token_sealed', pair.accessTokenSealed)
  const outcome = await firstUse(deps, app, state, { accessToken, generation })
  if (outcome.kind === 'unknown') throw new Error(`the provider did not tell: ${outcome.words}`)
}
