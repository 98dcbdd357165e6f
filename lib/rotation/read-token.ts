import { PatchbayError } from '../core/errors'
import type { GrantKind, ProviderId } from '../core/provider'
import type { Lifecycle } from '../core/status'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'

/** What a read needs to know of a connection about which there is more to say than that it lives and is well. */
export type Unsettled = {
  lifecycle: Lifecycle
  suspended: boolean
  needsReconnect: boolean
  uncertain: boolean
  /** Renewals fail; the provider has refused the grant at least once. */
  retrying: boolean
  refused: boolean
  /** Epoch milliseconds. */
  nextAttemptMs: number | null
  failureWords: string | null
  grantKind: GrantKind
  appId: string
}

/** Instants are epoch milliseconds: this is read thousands of times a second, and compared more often than shown. */
export type TokenRow = {
  provider: ProviderId
  generation: number
  /** Where the provider's API is for this account, if not at the app's base URL. */
  apiUrl: string | null
  baseUrl: string
  sealed: string | null
  expiresMs: number | null
  obtainedMs: number | null
  unsettled: Unsettled | null
}

/**
 * The one statement of a read, and of all that come at the same time, for `byId`. What is rarely there comes as one value: each
 * column costs a share of every read. (`extract` counts in `numeric`, at several times the price.)
 * Rows are looked up one by one: OFFSET 0 keeps the planner from joining all connections, which it does where there are some hundred.
 *
 * @param more further columns of `connection` and `app`, for who needs them together
 */
export function tokenStatement(name: string, more: readonly string[] = []): NamedStatement {
  const text = `
    SELECT item.n::int - 1 AS n, found.* FROM unnest((SELECT $1::text[])) WITH ORDINALITY AS item (id, n)
    CROSS JOIN LATERAL (
      SELECT connection.provider, connection.generation, connection.api_url AS "apiUrl", app.base_url AS "baseUrl",
        pair.access_token_sealed AS sealed,
        date_part('epoch', pair.access_expires_at) * 1000 AS "expiresMs",
        date_part('epoch', pair.obtained_at) * 1000 AS "obtainedMs",
        CASE WHEN connection.lifecycle <> 'live' OR connection.suspended_at IS NOT NULL
          OR connection.needs_reconnect_at IS NOT NULL OR connection.uncertain_at IS NOT NULL
          OR connection.retrying_since IS NOT NULL
        THEN json_build_object('lifecycle', connection.lifecycle, 'suspended', connection.suspended_at IS NOT NULL,
          'needsReconnect', connection.needs_reconnect_at IS NOT NULL, 'uncertain', connection.uncertain_at IS NOT NULL,
          'retrying', connection.retrying_since IS NOT NULL, 'refused', connection.verdict_at IS NOT NULL,
          'nextAttemptMs', date_part('epoch', connection.next_attempt_at) * 1000,
          'failureWords', connection.failure_words, 'grantKind', connection.grant_kind, 'appId', connection.app_id)
        END AS unsettled${more.map((column) => `, ${column}`).join('')}
      FROM connection
      JOIN provider_app AS app ON app.id = connection.app_id
      LEFT JOIN token_pair AS pair ON pair.connection_id = connection.id
      WHERE connection.id = item.id OFFSET 0
    ) AS found`
  return { name, text }
}

const statement = tokenStatement('read_token')

/** @returns one row, or none */
export function readToken(deps: Pick<Deps, 'sql'>, connectionId: string): Promise<TokenRow[]> {
  return deps.sql.byId<TokenRow>(statement, connectionId)
}

export function noSuchConnection(): PatchbayError {
  return new PatchbayError('not_found', 'There is no such connection.')
}

/** Whether there is a token that lives for `ttlMs` more; one without a known end does. */
export function livesFor({ sealed, expiresMs }: TokenRow, ttlMs: number, nowMs: number): boolean {
  return sealed !== null && (expiresMs === null || expiresMs - nowMs >= ttlMs)
}
