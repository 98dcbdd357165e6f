import type { FailureWords } from '../providers/contract'
import { canMint } from './decide-rotation'
import { lapsedGrant } from './judge-refusal'
import { type RotationState, rotationFacts } from './rotation-state'

const dayMs = 24 * 3_600_000

/**
 * What a terminal refusal is called. The provider's words stay in it, but two things are known better here: a refresh token
 * that has ended by the clock, and a development grant that ends six to eight days after consent, which is what development
 * credentials do (seed 001) and no fault to look for.
 */
export function refusalWords(
  state: RotationState,
  { code, words, status }: FailureWords,
  now: Date,
): FailureWords {
  const endedAt = state.pair?.refreshExpiresAt
  if (endedAt && endedAt <= now && !canMint(rotationFacts(state))) {
    return { code: 'refresh_token_expired', words: `The refresh token had ended. ${words}`, status }
  }
  if (state.app.environment !== 'development' || !state.consentAt) return { code, words, status }
  const ageDays = (now.getTime() - state.consentAt.getTime()) / dayMs
  if (ageDays < 6 || ageDays > 8) return { code, words, status }
  return {
    code: lapsedGrant,
    words: `Grants of development credentials lapse weekly, as expected: connect again, or use production credentials. ${words}`,
    status,
  }
}
