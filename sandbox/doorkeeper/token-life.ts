import type { TokenFault } from './answers'
import type { DoorkeeperState, TokenRow } from './model'
import type { TokenTable } from './token-table'

/** Why this row's access token opens nothing now; null when it does. */
export function accessFault(row: TokenRow, nowMs: number): TokenFault | null {
  if (row.revokedAtMs !== null) return 'revoked'
  return nowMs >= row.accessExpiresAtMs ? 'expired' : null
}

/** Whether this row's refresh token can be traded now. */
export function refreshIsLive(row: TokenRow, nowMs: number): boolean {
  if (row.revokedAtMs !== null || row.refreshToken === null) return false
  return row.refreshExpiresAtMs === null || nowMs < row.refreshExpiresAtMs
}

/** Whether a grant behind this row still gives access, now or after a refresh. */
export function grantIsLive(row: TokenRow, nowMs: number): boolean {
  return accessFault(row, nowMs) === null || refreshIsLive(row, nowMs)
}

/**
 * What a refresh does to the row whose refresh token was spent, by the mode of the moment (providers.md 4.2). In mode
 * `first_use` nothing happens yet: the new row only remembers the old one.
 */
export function retire(old: TokenRow, settings: DoorkeeperState['settings'], nowMs: number): void {
  if (settings.rotation === 'immediate') old.revokedAtMs = nowMs
  if (settings.rotation === 'grace' && settings.graceS !== null) {
    const endMs = nowMs + settings.graceS * 1_000
    old.refreshExpiresAtMs = Math.min(old.refreshExpiresAtMs ?? endMs, endMs)
  }
}

/**
 * The first use of an access token revokes the row it was traded for, and that one only: an older predecessor lives on,
 * as measured (providers.md section 8). True when something changed.
 */
export function markFirstUse(row: TokenRow, table: TokenTable, nowMs: number): boolean {
  if (row.previousRowId === null) return false
  const previous = table.byId(row.previousRowId)
  if (previous !== undefined) previous.revokedAtMs ??= nowMs
  row.previousRowId = null
  return true
}
