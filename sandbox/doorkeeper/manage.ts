import type { Engine } from './engine'
import type { TokenRow } from './model'
import { accessFault, grantIsLive } from './token-life'

/** Which rows: those of one app, of one person, of both, or all. */
export type TokenFilter = { readonly clientId?: string | undefined; readonly ownerId?: string | undefined }

function matching(engine: Engine, filter: TokenFilter): TokenRow[] {
  const nowMs = engine.options.context.clock.nowMs()
  return engine.tokens
    .all()
    .filter(
      (row) =>
        grantIsLive(row, nowMs) &&
        (filter.clientId === undefined || row.clientId === filter.clientId) &&
        (filter.ownerId === undefined || row.ownerId === filter.ownerId),
    )
}

/** Ends grants as the provider or its customer would; gives how many pairs died. */
export async function revokeGrants(engine: Engine, filter: TokenFilter): Promise<number> {
  const rows = matching(engine, filter)
  for (const row of rows) row.revokedAtMs = engine.options.context.clock.nowMs()
  await engine.store.commit()
  return rows.length
}

/** Lets access tokens, refresh tokens or both come to their end now; gives how many pairs it met. */
export async function expireTokens(
  engine: Engine,
  filter: TokenFilter,
  what: 'access' | 'refresh' | 'both',
): Promise<number> {
  const nowMs = engine.options.context.clock.nowMs()
  const rows = matching(engine, filter)
  for (const row of rows) {
    if (what !== 'refresh' && accessFault(row, nowMs) === null) row.accessExpiresAtMs = nowMs
    if (what !== 'access') row.refreshExpiresAtMs = nowMs
  }
  await engine.store.commit()
  return rows.length
}

/** Takes scopes away from live pairs; what is refreshed from them lacks them too. Gives how many pairs lost any. */
export async function cutScopes(
  engine: Engine,
  filter: TokenFilter,
  scopes: readonly string[],
): Promise<number> {
  const rows = matching(engine, filter).filter((row) => row.scopes.some((scope) => scopes.includes(scope)))
  for (const row of rows) row.scopes = row.scopes.filter((scope) => !scopes.includes(scope))
  await engine.store.commit()
  return rows.length
}
