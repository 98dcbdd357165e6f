import { factSelect } from '../core/connection-facts'
import { PatchbayError } from '../core/errors'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { BucketOwner, CountedWindow } from '../rate-limits/bucket'
import type { RotationFacts } from './decide-rotation'
import { openToken } from './store-pair'

/** A connection as one rotation reads it, with what it may spend. */
export type RotationState = Awaited<ReturnType<typeof readRotationState>>

/** One row at most: a provider's host that refuses many grants at once. */
const troubleSelect = { id: true, retryAt: true } as const

const pairSelect = {
  generation: true,
  obtainedAt: true,
  accessExpiresAt: true,
  firstUsedAt: true,
  refreshFingerprint: true,
  accessTokenSealed: true,
  refreshTokenSealed: true,
  previousRefreshTokenSealed: true,
} as const

/** @throws PatchbayError `not_found` */
export async function readRotationState(deps: Pick<Deps, 'db'>, connectionId: string) {
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: {
      ...factSelect,
      id: true,
      provider: true,
      appId: true,
      grantKind: true,
      generation: true,
      apiUrl: true,
      accountName: true,
      label: true,
      externalAccountId: true,
      externalOrgId: true,
      failureCount: true,
      verdictAt: true,
      probeFirst: true,
      consentAt: true,
      pair: { select: pairSelect },
      app: {
        select: { environment: true, baseUrl: true, faultAt: true, agreedLimit: true, agreedWindowS: true },
      },
      installs: {
        where: { state: { in: ['accepted', 'waiting'] } },
        orderBy: { createdAt: 'desc' },
        take: 1,
        select: { externalInstallId: true },
      },
      journal: {
        where: { outcome: { in: ['open', 'renewed', 'transient'] } },
        orderBy: { startedAt: 'desc' },
        take: 1,
        select: { startedAt: true },
      },
    },
  })
  if (!row) throw new PatchbayError('not_found', 'There is no such connection.', { connectionId })
  const instance = await deps.db.instanceIdentity.findFirst({ select: { heldAt: true } })
  const trouble = await deps.db.providerTrouble.findUnique({
    where: { openKey: `${row.provider} ${row.app.baseUrl}` },
    select: troubleSelect,
  })
  return { ...row, heldAt: instance?.heldAt ?? null, trouble }
}

export function rotationFacts(state: RotationState): RotationFacts {
  const mints = [state.pair?.obtainedAt, state.journal[0]?.startedAt].filter((at) => at !== undefined)
  const newestMs = Math.max(...mints.map((at) => at.getTime()))
  return {
    lifecycle: state.lifecycle,
    grantKind: state.grantKind,
    suspendedAt: state.suspendedAt,
    needsReconnectAt: state.needsReconnectAt,
    uncertainAt: state.uncertainAt,
    failureCount: state.failureCount,
    nextAttemptAt: state.nextAttemptAt,
    verdictAt: state.verdictAt,
    probeFirst: state.probeFirst,
    heldAt: state.heldAt,
    trouble: state.trouble,
    accessExpiresAt: state.pair?.accessExpiresAt ?? null,
    hasRefreshToken: Boolean(state.pair?.refreshTokenSealed),
    hasInstall: state.installs.length > 0,
    lastMintAt: mints.length > 0 ? new Date(newestMs) : null,
  }
}

export type SpendableToken = { refreshToken: Secret; fingerprint: string | null }

/**
 * The refresh tokens to try, in order: the stored one, and the one before it while the stored pair's access token has never
 * been used, since a provider that revokes on first use still accepts it (providers.md 8).
 */
export function spendableTokens(deps: Pick<Deps, 'vault'>, state: RotationState): SpendableToken[] {
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

export function bucketOwner(state: RotationState): BucketOwner {
  const { id, provider, grantKind, externalAccountId, externalOrgId } = state
  return { id, provider, grantKind, externalAccountId, externalOrgId }
}

/** Limit agreed with the provider for this app, where entered. */
export function agreedWindow(app: {
  agreedLimit: number | null
  agreedWindowS: number | null
}): CountedWindow | null {
  return app.agreedLimit !== null && app.agreedWindowS !== null
    ? { limit: app.agreedLimit, windowS: app.agreedWindowS }
    : null
}
