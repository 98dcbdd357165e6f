import type { ConnectionCursor } from './connection-cursor'
import { kindConditions, type Narrowing, wordConditions } from './list-narrowing'

export type ConnectionSortKey = 'name' | 'access' | 'reconnect' | 'used'
export type ConnectionSort = { key: ConnectionSortKey; direction: 'asc' | 'desc' }

/** A statement with its values, in the order of `$1`, `$2` … */
export type Statement = { text: string; values: unknown[] }

/** Which connections a page is taken from: all, those that a search or filter leaves, or those of these ids. */
export type PageScope =
  | { kind: 'all' }
  | { kind: 'narrowed'; narrowing: Narrowing }
  | { kind: 'few'; ids: readonly string[] }

/**
 * One run of a page by key: rows that have a sort value, or those that have none, which always come last. Asked apart, each
 * run is one stretch of an index.
 */
export type PageRun = {
  valued: boolean
  cursor: ConnectionCursor | null
  /** From the cursor towards the beginning, so that the rows come in reverse. */
  backward: boolean
  limit: number
  /** Only among the next `nearMax` of the whole list: enough for what is common, and soon done. By name alone. */
  near?: boolean
}

type ClockSort = Exclude<ConnectionSortKey, 'name'>
/** `hasKinds`: the table says of which app and status a row is. */
type Clock = { table: string; id: string; at: string; hasKinds: boolean }

/** Fixed texts, never a person's words; the table is called `c`. */
const clocks: Record<ClockSort, Clock> = {
  access: { table: 'connection', id: 'c.id', at: 'c.access_expires_at', hasKinds: true },
  reconnect: { table: 'connection', id: 'c.id', at: 'c.reconnect_by', hasKinds: true },
  used: { table: 'connection_use', id: 'c.connection_id', at: 'c.last_used_at', hasKinds: false },
}

/** So few rows are sorted sooner than the sort's index is searched for them. */
export const fewMax = 2_000

/** Among so many the page of a search that finds one in fifty is complete, as a rule. */
export const nearMax = 6_000

export function isTimed(key: ConnectionSortKey): boolean {
  return key !== 'name'
}

/** @returns a statement whose rows are `{ id, value }` */
export function pageStatement(scope: PageScope, { key, direction }: ConnectionSort, run: PageRun): Statement {
  const down = (direction === 'desc') !== run.backward
  if (key === 'name') return run.near ? nearStatement(scope, down, run) : nameStatement(scope, down, run)
  return clockStatement(scope, clocks[key], down, run)
}

/**
 * A whole list is a stretch of the name's index. What a filter leaves is sorted after one reading of the short rows, which
 * takes as long for no hit as for many: OFFSET 0 keeps the planner from searching the index for hits that may not be there.
 */
function nameStatement(scope: PageScope, down: boolean, run: PageRun): Statement {
  const { add, values } = collect()
  const conditions = scopeConditions(scope, 'l', 'l.connection_id', add)
  if (scope.kind === 'narrowed') conditions.push(...wordConditions(scope.narrowing, add))
  conditions.push(...beyond(run.cursor, 'l.name', 'text', 'l.connection_id', down, add))
  const fence = scope.kind === 'all' ? '' : 'OFFSET 0'
  return {
    text: `SELECT id, value FROM (
        SELECT l.connection_id AS id, l.name AS value FROM connection_listed AS l ${where(conditions)} ${fence}
      ) AS found ORDER BY ${order(['value', 'id'], down)} LIMIT ${add(run.limit)}::int`,
    values,
  }
}

/** A stretch of the name's index, and what the filter leaves of it. */
function nearStatement(scope: PageScope, down: boolean, run: PageRun): Statement {
  const { add, values } = collect()
  const place = where(beyond(run.cursor, 'name', 'text', 'connection_id', down, add))
  const conditions = scopeConditions(scope, 'l', 'l.connection_id', add)
  if (scope.kind === 'narrowed') conditions.push(...wordConditions(scope.narrowing, add))
  return {
    text: `SELECT l.connection_id AS id, l.name AS value FROM (
        SELECT * FROM connection_listed ${place}
        ORDER BY ${order(['name', 'connection_id'], down)} LIMIT ${nearMax}
      ) AS l ${where(conditions)}
      ORDER BY ${order(['l.name', 'l.connection_id'], down)} LIMIT ${add(run.limit)}::int`,
    values,
  }
}

/**
 * A stretch of the clock's index; what the table itself does not tell of a connection on the way is looked up among the listed ones.
 * The sub-select keeps the planner from joining all of them.
 */
function clockStatement(scope: PageScope, clock: Clock, down: boolean, run: PageRun): Statement {
  const { table, id, at, hasKinds } = clock
  const { add, values } = collect()
  const conditions = [`${at} IS ${run.valued ? 'NOT NULL' : 'NULL'}`]
  const sought: string[] = []
  if (scope.kind === 'few' || hasKinds) conditions.push(...scopeConditions(scope, 'c', id, add))
  else sought.push(...scopeConditions(scope, 'l', id, add))
  if (scope.kind === 'narrowed') sought.push(...wordConditions(scope.narrowing, add))
  if (sought.length > 0)
    conditions.push(
      `(SELECT ${sought.join(' AND ')} FROM connection_listed AS l WHERE l.connection_id = ${id})`,
    )
  conditions.push(...beyond(run.cursor, run.valued ? at : null, 'timestamptz', id, down, add))
  return {
    text: `SELECT ${id} AS id, to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS value
      FROM ${table} AS c ${where(conditions)}
      ORDER BY ${order(run.valued ? [at, id] : [id], down)} LIMIT ${add(run.limit)}::int`,
    values,
  }
}

/** Those that a filter leaves, or more than `fewMax` of them. */
export function fewStatement(narrowing: Narrowing): Statement {
  const { add, values } = collect()
  const conditions = [...kindConditions(narrowing, 'l', add), ...wordConditions(narrowing, add)]
  return {
    text: `SELECT coalesce(array_agg(found.connection_id), '{}') AS ids,
        coalesce(array_agg(found.app_id), '{}') AS "appIds", coalesce(array_agg(found.own_status), '{}') AS statuses
      FROM (
        SELECT l.connection_id, l.app_id, l.own_status FROM connection_listed AS l ${where(conditions)} LIMIT ${fewMax + 1}
      ) AS found`,
    values,
  }
}

/** How many connections a filter leaves, by app and own status. */
export function countStatement(narrowing: Narrowing | null): Statement {
  const { add, values } = collect()
  const conditions = narrowing
    ? [...kindConditions(narrowing, 'l', add), ...wordConditions(narrowing, add)]
    : []
  return {
    text: `SELECT l.app_id AS "appId", l.own_status AS "ownStatus", count(*)::int AS count
      FROM connection_listed AS l ${where(conditions)} GROUP BY 1, 2`,
    values,
  }
}

type Add = (value: unknown) => string

function collect() {
  const values: unknown[] = []
  return { values, add: (value: unknown) => `$${values.push(value)}` }
}

function scopeConditions(scope: PageScope, row: string, id: string, add: Add): string[] {
  switch (scope.kind) {
    case 'all':
      return []
    case 'few':
      return [`${id} = ANY(${add(scope.ids)}::text[])`]
    case 'narrowed':
      return kindConditions(scope.narrowing, row, add)
  }
}

/** @param key the sort value, `null` in the run of those that have none */
function beyond(
  cursor: ConnectionCursor | null,
  key: string | null,
  type: 'text' | 'timestamptz',
  id: string,
  down: boolean,
  add: Add,
): string[] {
  if (!cursor) return []
  const sign = down ? '<' : '>'
  if (key === null) return [`${id} ${sign} ${add(cursor.id)}`]
  return [`(${key}, ${id}) ${sign} (${add(cursor.value)}::${type}, ${add(cursor.id)})`]
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
}

function order(columns: readonly string[], down: boolean): string {
  return columns.map((column) => `${column} ${down ? 'DESC' : 'ASC'}`).join(', ')
}
