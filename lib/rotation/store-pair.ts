import type { GrantKind } from '../core/provider'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { TokenSet } from '../providers/contract'
import { announceRecovery } from './announce-status'
import { changeConnection } from './change-connection'
import { closeLostCalls } from './journal'
import { type PairKind, pairColumns } from './pair-columns'

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
 * Makes a token pair the connection's own, with its clocks and scopes, inside a transaction that changes more than that (a
 * connect, an install); a rotation commits with `commitPair`. What stood against the connection's tokens before (failures,
 * uncertainty, suspension) is cleared, its lifecycle stays. The pair is written only while the connection still has the
 * generation before it.
 *
 * @param tx a transaction; use the tokens only after it is committed
 * @returns false when another pair has been stored meanwhile: nothing is written
 */
export async function storePair(tx: Tx, deps: Deps, input: StorePairInput): Promise<boolean> {
  const { connectionId, tokens, generation, kind } = input
  const claimed = await tx.connection.updateMany({
    where: { id: connectionId, generation: generation - 1 },
    data: { generation },
  })
  if (claimed.count === 0) return false
  // A new consent ends what older calls may have left open.
  if (input.ownGrant) await closeLostCalls(tx, deps, connectionId, 'discarded')

  const connection = await tx.connection.findUniqueOrThrow({
    where: { id: connectionId },
    select: {
      provider: true,
      grantKind: true,
      label: true,
      accountName: true,
      use: { select: { lastUsedAt: true } },
    },
  })
  const { nextAttemptAt, reconnectBy, ...columns } = pairColumns(deps, {
    connectionId,
    kind,
    tokens,
    policy: deps.providers.get(connection.provider).policy(connection.grantKind),
    mints: mints(connection.grantKind),
    before: kind === 'refresh' && !input.ownGrant ? await refreshBefore(tx, connectionId) : null,
    lastUsedAt: connection.use?.lastUsedAt ?? null,
  })
  const pair = { ...columns, generation, firstUsedAt: null }
  await tx.tokenPair.upsert({
    where: { connectionId },
    create: { connectionId, ...pair },
    update: pair,
    select: { connectionId: true },
  })
  const { before, after } = await changeConnection(tx, connectionId, {
    accessExpiresAt: columns.accessExpiresAt,
    refreshExpiresAt: columns.refreshExpiresAt,
    reconnectBy,
    ...(tokens.scopes ? { grantedScopes: tokens.scopes, scopesReported: true } : {}),
    lastSuccessAt: columns.obtainedAt,
    nextAttemptAt,
    failureCount: 0,
    retryingSince: null,
    verdictAt: null,
    probeFirst: false,
    needsReconnectAt: null,
    uncertainAt: null,
    suspendedAt: null,
    suspendedReason: null,
    failureAt: null,
    failureCode: null,
    failureWords: null,
  })
  if (before !== after && after === 'healthy')
    await announceRecovery(tx, deps, { id: connectionId, ...connection })
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

function refreshBefore(tx: Tx, connectionId: string) {
  return tx.tokenPair.findUnique({
    where: { connectionId },
    select: { refreshTokenSealed: true, refreshFingerprint: true, refreshExpiresAt: true },
  })
}
