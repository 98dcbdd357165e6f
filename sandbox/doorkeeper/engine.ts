import type { Store } from '../kernel/store'
import { randomToken } from '../kernel/tokens'
import type { DoorkeeperState, TokenRow } from './model'
import type { DoorkeeperOptions, MintRequest } from './options'
import { refreshIsLive, retire } from './token-life'
import type { TokenTable } from './token-table'

/** What the endpoints share. */
export type Engine = {
  readonly options: DoorkeeperOptions
  readonly store: Store<DoorkeeperState>
  readonly tokens: TokenTable
}

/**
 * Makes a token row. `spent` is the row whose refresh token was traded for it. Everything happens in one turn of the
 * event loop, so that of several calls at once each sees what the one before did.
 */
export function mint(
  { options, store, tokens }: Engine,
  request: MintRequest,
  scopes: readonly string[],
  spent: TokenRow | null = null,
): TokenRow {
  const { settings } = store.state
  const nowMs = options.context.clock.nowMs()
  const keepsRefresh = spent !== null && request.client.keepsRefreshToken === true
  const hasRefresh = request.grantType !== 'client_credentials' && !keepsRefresh
  const row = tokens.add({
    clientId: request.client.clientId,
    ownerId: request.ownerId,
    accessToken: options.makeAccessToken?.({ ...request, scopes }) ?? randomToken(),
    refreshToken: hasRefresh ? randomToken() : null,
    scopes: [...scopes],
    createdAtMs: nowMs,
    accessExpiresAtMs: nowMs + options.accessTtlS * 1_000,
    refreshExpiresAtMs: options.refreshTtlS === null ? null : nowMs + options.refreshTtlS * 1_000,
    revokedAtMs: null,
    previousRowId: spent !== null && !keepsRefresh && settings.rotation === 'first_use' ? spent.id : null,
  })
  if (spent !== null && keepsRefresh) tokens.moveRefresh(spent, row)
  else if (spent !== null) retire(spent, settings, nowMs)
  options.context.issued('access_token', row.accessToken)
  if (hasRefresh && row.refreshToken !== null) options.context.issued('refresh_token', row.refreshToken)
  options.minted?.(row, request.grantType)
  evictOldest(options, tokens, row, nowMs)
  return row
}

function evictOldest(options: DoorkeeperOptions, tokens: TokenTable, newest: TokenRow, nowMs: number): void {
  if (options.refreshTokensMax === null) return
  const live = tokens
    .all()
    .filter(
      (row) =>
        row.clientId === newest.clientId && row.ownerId === newest.ownerId && refreshIsLive(row, nowMs),
    )
  for (const row of live.slice(0, Math.max(0, live.length - options.refreshTokensMax)))
    row.revokedAtMs = nowMs
}
