import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { changeConnection } from './change-connection'
import { openToken } from './pair-columns'
import { storePair } from './store-pair'

const pairOfSelect = {
  grantKind: true,
  requestedScopes: true,
  grantedScopes: true,
  scopesReported: true,
  consentAt: true,
  connectedBy: true,
  accountName: true,
  accountEmail: true,
  externalAccountId: true,
  externalOrgId: true,
  orgName: true,
  apiUrl: true,
  pair: {
    select: {
      obtainedBy: true,
      accessTokenSealed: true,
      refreshTokenSealed: true,
      accessExpiresAt: true,
      refreshExpiresAt: true,
      firstUsedAt: true,
    },
  },
} as const

/**
 * Gives the pair and the identity of one connection to another and removes the first: connecting an account again goes on
 * with the connection that is already there, with its id, label and history. The tokens are sealed anew, since a ciphertext
 * opens in its own row only.
 *
 * @param tx a transaction
 * @returns false when the target's pair was replaced meanwhile, or the pair that would move is being renewed: nothing is written
 */
export async function movePair(
  tx: Tx,
  deps: Deps,
  { fromId, toId }: { fromId: string; toId: string },
): Promise<boolean> {
  if (await isRotated(tx, fromId)) return false
  const from = await tx.connection.findUniqueOrThrow({ where: { id: fromId }, select: pairOfSelect })
  const to = await tx.connection.findUniqueOrThrow({ where: { id: toId }, select: { generation: true } })
  if (!from.pair) throw new Error('a connection without a pair cannot be moved')
  const { pair } = from
  const open = (field: 'access_token_sealed' | 'refresh_token_sealed', sealed: string) =>
    openToken(deps, fromId, field, sealed)
  const stored = await storePair(tx, deps, {
    connectionId: toId,
    kind: pair.obtainedBy,
    ownGrant: true,
    generation: to.generation + 1,
    tokens: {
      accessToken: open('access_token_sealed', pair.accessTokenSealed),
      refreshToken: pair.refreshTokenSealed ? open('refresh_token_sealed', pair.refreshTokenSealed) : null,
      accessExpiresAt: pair.accessExpiresAt,
      refreshExpiresAt: pair.refreshExpiresAt,
      scopes: from.scopesReported ? from.grantedScopes : null,
      account: {},
    },
  })
  if (!stored) return false
  await tx.tokenPair.update({
    where: { connectionId: toId },
    data: { firstUsedAt: pair.firstUsedAt },
    select: { connectionId: true },
  })
  // An open row of the target was a call for the pair that is now replaced.
  await tx.rotationJournal.updateMany({
    where: { connectionId: toId, outcome: 'open' },
    data: { outcome: 'discarded', endedAt: deps.clock.now() },
  })
  await tx.rotationJournal.updateMany({ where: { connectionId: fromId }, data: { connectionId: toId } })
  await tx.connectFlow.updateMany({ where: { resultId: fromId }, data: { resultId: toId } })
  await tx.connection.delete({ where: { id: fromId }, select: { id: true } })
  await changeConnection(tx, toId, {
    lifecycle: 'live',
    endedAt: null,
    endedReason: null,
    pendingReason: null,
    replacesId: null,
    requestedScopes: from.requestedScopes,
    grantedScopes: from.grantedScopes,
    scopesReported: from.scopesReported,
    consentAt: from.consentAt,
    connectedBy: from.connectedBy,
    ...(from.externalAccountId
      ? {
          externalAccountId: from.externalAccountId,
          accountName: from.accountName,
          accountEmail: from.accountEmail,
          externalOrgId: from.externalOrgId,
          orgName: from.orgName,
          apiUrl: from.apiUrl,
        }
      : {}),
  })
  return true
}

/** Whether a rotation of a connection runs; while its row is locked here, none begins (a lease refers to the row). */
async function isRotated(tx: Tx, connectionId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM connection WHERE id = ${connectionId} FOR UPDATE`
  const leases = await tx.$queryRaw<unknown[]>`
    SELECT owner FROM rotation_lease WHERE connection_id = ${connectionId} AND until > clock_timestamp()`
  return leases.length > 0
}
