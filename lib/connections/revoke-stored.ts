import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import type { RevokeOutcome } from '../providers/contract'
import { callContext, requestDeadlineMs } from '../rotation/call-context'
import { firstUse } from '../rotation/first-use'
import { openToken } from '../rotation/pair-columns'
import { readRotationState } from '../rotation/rotation-state'

/**
 * Revokes a stored pair at the provider, as far as that can be done. Never throws for what the provider did or for a secret
 * that does not open: whoever disconnects goes on and says what is not certain.
 *
 * A pair that was never used is used first: revoking it otherwise leaves the pair before it alive (providers.md 8). A pair
 * whose access token has ended is not revoked by some servers that say so, so it is never "confirmed".
 */
export async function revokeStored(deps: Deps, connectionId: string): Promise<RevokeOutcome> {
  try {
    const state = await readRotationState(deps, connectionId)
    const { pair } = state
    if (!pair) return { kind: 'not_confirmed', detail: 'There was no token to revoke.' }
    const app = await openApp(deps, state.appId)
    const accessToken = openToken(deps, connectionId, 'access_token_sealed', pair.accessTokenSealed)
    const ended = pair.accessExpiresAt !== null && pair.accessExpiresAt <= deps.clock.now()
    if (!pair.firstUsedAt && !ended) {
      await firstUse(deps, app, state, { accessToken, generation: pair.generation })
    }
    const outcome = await deps.providers
      .get(state.provider)
      .revoke(callContext(deps, requestDeadlineMs), app, {
        grant: state.grantKind,
        accessToken,
        refreshToken: pair.refreshTokenSealed
          ? openToken(deps, connectionId, 'refresh_token_sealed', pair.refreshTokenSealed)
          : null,
      })
    if (outcome.kind !== 'confirmed' || !ended) return outcome
    return {
      kind: 'not_confirmed',
      detail: 'The token had ended, and a provider may answer that it is revoked without doing it.',
    }
  } catch (error) {
    deps.log.warn({ err: error, connectionId }, 'a token was not revoked')
    return { kind: 'not_confirmed', detail: 'The provider could not be asked.' }
  }
}
