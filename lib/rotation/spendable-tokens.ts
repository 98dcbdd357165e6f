import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { openToken } from './pair-columns'
import type { RotationState } from './rotation-state'

export type SpendableToken = { refreshToken: Secret; fingerprint: string | null }

/**
 * The refresh tokens to try, in order: the stored one, and the one before it while the stored pair's access token has never
 * been used, since a provider that revokes on first use still accepts it (providers.md 8).
 */
export function spendableTokens(
  deps: Pick<Deps, 'vault'>,
  state: Pick<RotationState, 'id' | 'pair'>,
): SpendableToken[] {
  const { pair } = state
  if (!pair?.refreshTokenSealed) return []
  const tokens = [
    {
      refreshToken: openToken(deps, state.id, 'refresh_token_sealed', pair.refreshTokenSealed),
      fingerprint: pair.refreshFingerprint,
    },
  ]
  if (pair.previousRefreshTokenSealed && !pair.firstUsedAt) {
    const previous = pair.previousRefreshTokenSealed
    tokens.push({
      refreshToken: openToken(deps, state.id, 'previous_refresh_token_sealed', previous),
      fingerprint: null,
    })
  }
  return tokens
}
