import type { Environment, ProviderId } from '../core/provider'
import type { ConnectionStatus } from '../core/status'
import type { ConnectionCursor } from './connection-cursor'

export type ConnectionSortKey = 'name' | 'access' | 'reconnect' | 'used'
export type ConnectionSort = { key: ConnectionSortKey; direction: 'asc' | 'desc' }

export type ConnectionFilter = {
  /** Words; each must occur in a name (the app's too), an e-mail, an org or an id. */
  search: string
  providers: readonly ProviderId[]
  environments: readonly Environment[]
  statuses: readonly ConnectionStatus[]
}

/** A statement with its values, in the order of `$1`, `$2` … */
export type Statement = { text: string; values: unknown[] }

/** Fixed texts, never a person's words. */
const sortExpressions: Record<ConnectionSortKey, string> = {
  name: 'lower(coalesce(c.label, c.account_name))',
  access: 'c.access_expires_at',
  reconnect: `CASE WHEN c.grant_kind = 'oauth_code' AND p.refresh_fingerprint IS NULL
    THEN c.access_expires_at ELSE c.refresh_expires_at END`,
  used: 'c.last_used_at',
}

/** `statusOf` of connection-status.ts in SQL: a fault of the app stands over what only tokens say. */
const shownStatus = `CASE WHEN a.fault_at IS NULL OR c.own_status IN ('disconnected', 'pending', 'suspended')
  THEN c.own_status ELSE 'app_misconfigured' END`

const searched = [
  'c.label',
  'c.account_name',
  'c.account_email',
  'c.org_name',
  'c.external_account_id',
  'c.external_org_id',
  'c.id',
  'a.name',
  'a.id',
]
const wordsMax = 6

export function isTimed(key: ConnectionSortKey): boolean {
  return key !== 'name'
}

/**
 * One run of a page by key: rows that have a sort value, or those that have none, which always come last. Asked apart, each
 * run is one stretch of an index.
 *
 * @param run.backward from the cursor towards the beginning, so the rows come in reverse
 */
export function pageStatement(
  filter: ConnectionFilter,
  sort: ConnectionSort,
  run: { valued: boolean; cursor: ConnectionCursor | null; backward: boolean; limit: number },
): Statement {
  const values: unknown[] = []
  const add = (value: unknown) => `$${values.push(value)}`
  const key = sortExpressions[sort.key]
  const down = (sort.direction === 'desc') !== run.backward
  const conditions = [...conditionsOf(filter, add), `${key} IS ${run.valued ? 'NOT NULL' : 'NULL'}`]
  if (run.cursor) {
    const beyond = down ? '<' : '>'
    const id = add(run.cursor.id)
    const type = isTimed(sort.key) ? 'timestamptz' : 'text'
    conditions.push(
      run.valued
        ? `(${key}, c.id) ${beyond} (${add(run.cursor.value)}::${type}, ${id})`
        : `c.id ${beyond} ${id}`,
    )
  }
  const order = down ? 'DESC' : 'ASC'
  const shownKey = isTimed(sort.key)
    ? `to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : key
  return {
    text: `SELECT c.id, ${shownKey} AS value ${from(sort.key)} WHERE ${conditions.join(' AND ')}
      ORDER BY ${run.valued ? `${key} ${order}, ` : ''}c.id ${order} LIMIT ${add(run.limit)}::int`,
    values,
  }
}

/** How many connections the search finds, by what the filters tell apart. */
export function countStatement(search: string): Statement {
  const values: unknown[] = []
  const add = (value: unknown) => `$${values.push(value)}`
  const conditions = conditionsOf({ search, providers: [], environments: [], statuses: [] }, add)
  return {
    text: `SELECT c.provider::text, a.environment::text, ${shownStatus} AS status, count(*)::int AS count
      FROM connection c JOIN provider_app a ON a.id = c.app_id
      WHERE ${conditions.join(' AND ') || 'true'} GROUP BY 1, 2, 3`,
    values,
  }
}

function from(key: ConnectionSortKey): string {
  const pair = key === 'reconnect' ? ' LEFT JOIN token_pair p ON p.connection_id = c.id' : ''
  return `FROM connection c JOIN provider_app a ON a.id = c.app_id${pair}`
}

function conditionsOf(filter: ConnectionFilter, add: (value: unknown) => string): string[] {
  const { search, providers, environments, statuses } = filter
  const conditions: string[] = []
  if (providers.length > 0) conditions.push(`c.provider = ANY(${add(providers)}::text[]::"Provider"[])`)
  if (environments.length > 0)
    conditions.push(`a.environment = ANY(${add(environments)}::text[]::"Environment"[])`)
  if (statuses.length > 0) conditions.push(`${shownStatus} = ANY(${add(statuses)}::text[])`)
  for (const word of search.split(/\s+/).filter(Boolean).slice(0, wordsMax)) {
    const pattern = add(`%${word.replace(/[\\%_]/g, '\\$&')}%`)
    conditions.push(`(${searched.map((column) => `${column} ILIKE ${pattern}`).join(' OR ')})`)
  }
  return conditions
}
