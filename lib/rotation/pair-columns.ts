import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { fingerprint } from '../http/fingerprint'
import type { TokenPolicy, TokenSet } from '../providers/contract'
import { jitter } from './jitter'
import { nextRotationAt, pairExpiry } from './plan'

/** How a token pair was obtained. */
export type PairKind = 'code' | 'refresh' | 'mint' | 'plugin_install' | 'client_credentials'

/** What a refresh leaves behind of the pair before it. */
export type RefreshBefore = {
  refreshTokenSealed: string | null
  refreshFingerprint: string | null
  refreshExpiresAt: Date | null
}

export type PairColumns = {
  obtainedBy: PairKind
  accessTokenSealed: string
  accessFingerprint: string
  refreshTokenSealed: string | null
  refreshFingerprint: string | null
  previousRefreshTokenSealed: string | null
  obtainedAt: Date
  accessExpiresAt: Date
  refreshExpiresAt: Date | null
  /**
   * Until when a person must have connected again, unless Patchbay renews the pair before. A consent without a refresh token
   * ends with its access token; a grant that mints has no such end but that of its refresh token, where it has one.
   */
  reconnectBy: Date | null
  /** When it is renewed next, `null` when nothing can renew it. */
  nextAttemptAt: Date | null
}

export type PairInput = {
  connectionId: string
  kind: PairKind
  tokens: TokenSet
  policy: TokenPolicy
  /** Whether the grant obtains tokens without a refresh token. */
  mints: boolean
  /** The pair that a refresh replaces; `null` for a grant of its own (a new consent, a mint). */
  before: RefreshBefore | null
  lastUsedAt: Date | null
}

/**
 * Seals a token pair and works out its clocks: what is written of it, by whatever statement.
 *
 * A refresh keeps the stored refresh token when the answer has none, and keeps the previous one beside the new one until the
 * new access token has been used (design 3.4).
 */
export function pairColumns(deps: Pick<Deps, 'vault' | 'clock' | 'random'>, input: PairInput): PairColumns {
  const { connectionId, tokens, policy } = input
  const obtainedAt = deps.clock.now()
  const expiry = pairExpiry(policy, tokens, obtainedAt.getTime())
  const refresh = refreshColumns(deps, input, expiry.refreshExpiresAt)
  const renewable = refresh.refreshTokenSealed !== null || input.mints
  const clocks = {
    obtainedAt,
    accessExpiresAt: expiry.accessExpiresAt,
    refreshExpiresAt: refresh.refreshExpiresAt,
    renewable,
    lastUsedAt: input.lastUsedAt,
  }
  return {
    obtainedBy: input.kind,
    accessTokenSealed: seal(deps, connectionId, 'access_token_sealed', tokens.accessToken),
    accessFingerprint: fingerprint(tokens.accessToken),
    obtainedAt,
    accessExpiresAt: expiry.accessExpiresAt,
    reconnectBy: renewable ? refresh.refreshExpiresAt : expiry.accessExpiresAt,
    nextAttemptAt: nextRotationAt(policy, clocks, jitter(deps)),
    ...refresh,
  }
}

/** Opens one of a pair's columns; the counterpart of what `pairColumns` seals. */
export function openToken(
  deps: Pick<Deps, 'vault'>,
  connectionId: string,
  field: TokenField,
  sealed: string,
): Secret {
  return deps.vault.open(sealed, { table: 'token_pair', rowId: connectionId, field })
}

type TokenField = 'access_token_sealed' | 'refresh_token_sealed' | 'previous_refresh_token_sealed'

function seal(deps: Pick<Deps, 'vault'>, connectionId: string, field: TokenField, token: Secret): string {
  return deps.vault.seal(token, { table: 'token_pair', rowId: connectionId, field })
}

function refreshColumns(
  deps: Pick<Deps, 'vault'>,
  { connectionId, tokens, before }: PairInput,
  expiresAt: Date | null,
) {
  const stored = before?.refreshTokenSealed ?? null
  if (!tokens.refreshToken) {
    return {
      refreshTokenSealed: stored,
      refreshFingerprint: before?.refreshFingerprint ?? null,
      refreshExpiresAt: stored ? (before?.refreshExpiresAt ?? null) : null,
      previousRefreshTokenSealed: null,
    }
  }
  const print = fingerprint(tokens.refreshToken)
  const rotated = stored !== null && print !== before?.refreshFingerprint
  return {
    refreshTokenSealed: seal(deps, connectionId, 'refresh_token_sealed', tokens.refreshToken),
    refreshFingerprint: print,
    refreshExpiresAt: expiresAt,
    // Its place is part of what is authenticated, so it is opened and sealed again for the other column.
    previousRefreshTokenSealed: rotated
      ? seal(
          deps,
          connectionId,
          'previous_refresh_token_sealed',
          openToken(deps, connectionId, 'refresh_token_sealed', stored),
        )
      : null,
  }
}
