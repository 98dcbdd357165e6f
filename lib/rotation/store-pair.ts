import type { GrantKind } from '../core/provider'
import type { Secret } from '../core/secret'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { fingerprint } from '../http/fingerprint'
import type { TokenSet } from '../providers/contract'
import { changeConnection } from './change-connection'
import { nextRotationAt, pairExpiry } from './plan'

/** How a token pair was obtained. */
export type PairKind = 'code' | 'refresh' | 'mint' | 'plugin_install' | 'client_credentials'

export type StorePairInput = {
  connectionId: string
  tokens: TokenSet
  kind: PairKind
  /** The number this pair gets: one more than the connection's `generation` as it was read before the token call. */
  generation: number
  /** The pair comes with a grant of its own (a new consent): nothing of the stored pair is kept beside it. */
  ownGrant?: boolean
}

/**
 * Seals a token pair and makes it the connection's own, with its clocks and scopes; what stood against the connection's
 * tokens before (failures, uncertainty, suspension) is cleared, its lifecycle stays. The pair is written only while the
 * connection still has the generation before it.
 *
 * A refresh keeps the stored refresh token when the answer has none, and keeps the previous one beside the new one until the
 * new access token has been used (design 3.4).
 *
 * @param tx a transaction; use the tokens only after it is committed
 * @returns false when another pair has been stored meanwhile: nothing is written
 */
export async function storePair(tx: Tx, deps: Deps, input: StorePairInput): Promise<boolean> {
  const { connectionId, tokens, generation } = input
  const claimed = await tx.connection.updateMany({
    where: { id: connectionId, generation: generation - 1 },
    data: { generation },
  })
  if (claimed.count === 0) return false

  const now = deps.clock.now()
  const connection = await tx.connection.findUniqueOrThrow({
    where: { id: connectionId },
    select: { provider: true, grantKind: true },
  })
  const policy = deps.providers.get(connection.provider).policy(connection.grantKind)
  const expiry = pairExpiry(policy, tokens, now.getTime())
  const refresh = await refreshColumns(tx, deps, input, expiry.refreshExpiresAt)
  const accessExpiresAt = expiry.accessExpiresAt
  const pair = {
    generation,
    obtainedBy: input.kind,
    accessTokenSealed: seal(deps, connectionId, 'access_token_sealed', tokens.accessToken),
    accessFingerprint: fingerprint(tokens.accessToken),
    obtainedAt: now,
    accessExpiresAt,
    firstUsedAt: null,
    ...refresh,
  }
  await tx.tokenPair.upsert({
    where: { connectionId },
    create: { connectionId, ...pair },
    update: pair,
    select: { connectionId: true },
  })
  const renewable = refresh.refreshTokenSealed !== null || mints(connection.grantKind)
  const clocks = {
    obtainedAt: now,
    accessExpiresAt,
    refreshExpiresAt: refresh.refreshExpiresAt,
    renewable,
  }
  await changeConnection(tx, connectionId, {
    accessExpiresAt,
    refreshExpiresAt: refresh.refreshExpiresAt,
    ...(tokens.scopes ? { grantedScopes: tokens.scopes, scopesReported: true } : {}),
    lastSuccessAt: now,
    nextAttemptAt: nextRotationAt(policy, clocks, jitter(deps)),
    failureCount: 0,
    retryingSince: null,
    needsReconnectAt: null,
    uncertainAt: null,
    suspendedAt: null,
    suspendedReason: null,
    failureAt: null,
    failureCode: null,
    failureWords: null,
  })
  return true
}

/** Whether the grant can obtain tokens without a refresh token (and without a person). */
export function mints(grant: GrantKind): boolean {
  return grant !== 'oauth_code'
}

/** How a grant obtains a pair when there is no refresh token to spend. */
export function firstPairKind(grant: GrantKind): PairKind {
  switch (grant) {
    case 'oauth_code':
      return 'code'
    case 's2s':
      return 'mint'
    case 'plugin_install':
      return 'plugin_install'
    case 'client_credentials':
      return 'client_credentials'
  }
}

/** Opens one of a pair's columns; the counterpart of what `storePair` seals. */
export function openToken(
  deps: Pick<Deps, 'vault'>,
  connectionId: string,
  field: TokenField,
  sealed: string,
): Secret {
  return deps.vault.open(sealed, { table: 'token_pair', rowId: connectionId, field })
}

type TokenField = 'access_token_sealed' | 'refresh_token_sealed' | 'previous_refresh_token_sealed'

function seal(deps: Deps, connectionId: string, field: TokenField, token: Secret): string {
  return deps.vault.seal(token, { table: 'token_pair', rowId: connectionId, field })
}

async function refreshColumns(tx: Tx, deps: Deps, input: StorePairInput, expiresAt: Date | null) {
  const { connectionId, tokens } = input
  const before =
    input.kind === 'refresh' && !input.ownGrant
      ? await tx.tokenPair.findUnique({
          where: { connectionId },
          select: { refreshTokenSealed: true, refreshFingerprint: true, refreshExpiresAt: true },
        })
      : null
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

function jitter(deps: Pick<Deps, 'random'>): number {
  return (deps.random.bytes(1)[0] ?? 0) / 255
}
