import type { GrantKind } from '../core/provider'

/**
 * Until when a person must have connected again, unless Patchbay renews the pair before. A consent without a refresh token
 * ends with its access token; a grant that mints has no such end but that of its refresh token, where it has one.
 *
 * @returns `null` when no end is known
 */
export function reconnectBy(connection: {
  grantKind: GrantKind
  accessExpiresAt: Date | null
  refreshExpiresAt: Date | null
  pair: { refreshFingerprint: string | null } | null
}): Date | null {
  const { grantKind, pair, accessExpiresAt, refreshExpiresAt } = connection
  return grantKind === 'oauth_code' && !pair?.refreshFingerprint ? accessExpiresAt : refreshExpiresAt
}
