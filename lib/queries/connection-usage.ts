import { type Actor, requireRole } from '../core/actor'
import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { bucketOf, ownerSelect } from '../rate-limits/bucket'
import { bucketWords, type ConnectionRate, connectionRate, ownWindow, rateSelect } from './connection-rate'

export type ConnectionUsage = {
  provider: ProviderId
  rate: ConnectionRate
  /** Length of the window that Patchbay counts, in seconds; `null` where the provider's headers tell. */
  windowS: number | null
  /** Whose calls are counted. */
  bucketWords: string
  /** Other connections that spend from the same bucket. */
  sharedWith: { id: string; name: string }[]
  /** A bypass header is entered without the limit that was agreed with it. */
  agreedLimitMissing: boolean
  lastUsedAt: Date | null
}

/**
 * How near a connection is to its limit, and how that is known.
 *
 * @returns `null` when there is no such connection
 * @throws PatchbayError `forbidden`
 */
export async function connectionUsage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  connectionId: string,
): Promise<ConnectionUsage | null> {
  requireRole(actor, 'viewer')
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: {
      ...ownerSelect,
      use: { select: { lastUsedAt: true } },
      app: { select: { id: true, agreedLimit: true, agreedWindowS: true } },
    },
  })
  if (!row) return null
  const bucket = bucketOf(row)
  const window = await deps.db.rateWindow.findUnique({ where: { bucket }, select: rateSelect })
  const withBypass = await deps.db.providerApp.count({
    where: { id: row.app.id, rateLimitBypassSealed: { not: null }, agreedLimit: null },
  })
  const shared =
    bucket.startsWith('outreach:user:') && row.externalAccountId
      ? await deps.db.connection.findMany({
          where: {
            provider: 'outreach',
            grantKind: 'oauth_code',
            lifecycle: 'live',
            externalAccountId: row.externalAccountId,
            externalOrgId: row.externalOrgId,
            id: { not: row.id },
          },
          select: { id: true, label: true, accountName: true },
          take: 10,
        })
      : []
  return {
    provider: row.provider,
    rate: connectionRate(row, window, deps.clock.now()),
    windowS: ownWindow(row)?.windowS ?? null,
    bucketWords: bucketWords(row.provider, bucket),
    sharedWith: shared.map(({ id, label, accountName }) => ({ id, name: label ?? accountName })),
    agreedLimitMissing: withBypass > 0,
    lastUsedAt: row.use?.lastUsedAt ?? null,
  }
}
