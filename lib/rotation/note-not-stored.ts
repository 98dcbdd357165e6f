import type { Deps } from '../deps'
import { retryLater } from './retry-later'
import type { RotationState } from './rotation-state'

/**
 * Notes that tokens were obtained and could not be stored: their journal row stays open, and the connection waits longer each
 * time instead of spending a grant for every reader. The database that could not store them may not take this either.
 */
export async function noteNotStored(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'log'>,
  { id, generation }: Pick<RotationState, 'id' | 'generation'>,
): Promise<void> {
  const words = 'The provider gave new tokens, but the database did not take them.'
  await retryLater(deps, { id, generation }, { code: 'not_stored', words }).catch((error) =>
    deps.log.warn({ err: error, connectionId: id }, 'it was not noted that new tokens were lost'),
  )
}
