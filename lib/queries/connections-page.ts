import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { factSelect } from '../core/connection-facts'
import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { StatusView } from '../core/status'
import type { Deps } from '../deps'
import { bucketOf, ownerSelect } from '../rate-limits/bucket'
import { type ConnectionCursor, readCursor, writeCursor } from './connection-cursor'
import {
  type ConnectionSort,
  isTimed,
  type PageRun,
  type PageScope,
  pageStatement,
} from './connection-list-sql'
import { type ConnectionRate, connectionRate, rateSelect } from './connection-rate'
import { appFaultSelect, statusOf } from './connection-status'
import { type ConnectionFilter, isOfKind, narrowingOf } from './list-narrowing'
import { type FoundConnections, searchConnections } from './search-connections'
import { readSurroundings } from './surroundings'

export type ConnectionsQuery = ConnectionFilter & {
  sort: ConnectionSort
  /** Cursors as an earlier page gave them; whatever else reads as the first page. */
  after: string | null
  before: string | null
}

export type ConnectionRow = {
  id: string
  provider: ProviderId
  environment: Environment
  grantKind: GrantKind
  appId: string
  appName: string
  /** Of the local sandbox, whatever environment it plays. */
  isSandbox: boolean
  /** The label where there is one. */
  name: string
  accountName: string
  orgName: string | null
  status: StatusView
  accessExpiresAt: Date | null
  /** Until when a person must have connected again; `null`: no such end is known. */
  reconnectBy: Date | null
  rate: ConnectionRate
  lastUsedAt: Date | null
}

export type ConnectionsPage = {
  rows: ConnectionRow[]
  previous: string | null
  next: string | null
}

export const connectionsPageSize = 50

/**
 * One page of the connections, by key: stable while rows come and go, and as fast on the last page as on the first.
 *
 * @param found what `searchConnections` has found for the query
 * @throws PatchbayError `forbidden`
 */
export async function connectionsPage(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  actor: Actor,
  query: ConnectionsQuery,
  found?: FoundConnections,
): Promise<ConnectionsPage> {
  requireRole(actor, 'viewer')
  const scope = scopeOf(query, found ?? (await searchConnections(deps, actor, query)))
  const keys = await readKeys(deps, scope, query)
  const rows = await readRows(
    deps,
    keys.places.map((place) => place.id),
  )
  return { rows, previous: keys.previous, next: keys.next }
}

function scopeOf(query: ConnectionsQuery, { apps, few }: FoundConnections): PageScope {
  const narrowing = narrowingOf(query, apps)
  if (!narrowing) return { kind: 'all' }
  if (!few) return { kind: 'narrowed', narrowing }
  const ids = few.filter((row) => isOfKind(narrowing, row)).map(({ id }) => id)
  return { kind: 'few', ids }
}

type Keys = { places: ConnectionCursor[]; previous: string | null; next: string | null }

async function readKeys(deps: Pick<Deps, 'db'>, scope: PageScope, query: ConnectionsQuery): Promise<Keys> {
  const timed = isTimed(query.sort.key)
  const before = readCursor(query.before, timed)
  const after = before ? null : readCursor(query.after, timed)
  if (before) {
    const found = await readRuns(deps, scope, query.sort, before, true)
    // So near the beginning, the first page has all of them and more.
    if (found.length > connectionsPageSize) {
      const places = found.slice(0, connectionsPageSize).reverse()
      return pageOf(places, true, true)
    }
  }
  const found = await readRuns(deps, scope, query.sort, after, false)
  if (after && found.length === 0) return readKeys(deps, scope, { ...query, after: null })
  return pageOf(found.slice(0, connectionsPageSize), after !== null, found.length > connectionsPageSize)
}

function pageOf(places: ConnectionCursor[], hasPrevious: boolean, hasNext: boolean): Keys {
  const [first, last] = [places[0], places.at(-1)]
  return {
    places,
    previous: hasPrevious && first ? writeCursor(first) : null,
    next: hasNext && last ? writeCursor(last) : null,
  }
}

const placesSchema = z.array(z.object({ id: z.string(), value: z.string().nullable() }))

/** One row more than a page, from the cursor on: first those with a sort value, then those without, or the other way round. */
async function readRuns(
  deps: Pick<Deps, 'db'>,
  scope: PageScope,
  sort: ConnectionSort,
  cursor: ConnectionCursor | null,
  backward: boolean,
): Promise<ConnectionCursor[]> {
  const places: ConnectionCursor[] = []
  // Everything has a name.
  const ways = isTimed(sort.key) ? [true, false] : [true]
  const runs = backward ? ways.reverse() : ways
  const begin = cursor ? runs.indexOf(cursor.value !== null) : 0
  for (const valued of runs.slice(begin)) {
    const limit = connectionsPageSize + 1 - places.length
    if (limit === 0) break
    const own = cursor !== null && valued === (cursor.value !== null)
    const run = { valued, cursor: own ? cursor : null, backward, limit }
    // What is common is near; only what is rare there is looked for everywhere.
    const near = scope.kind === 'narrowed' && !isTimed(sort.key)
    const found = near ? await readRun(deps, scope, sort, { ...run, near }) : []
    places.push(...(found.length === limit ? found : await readRun(deps, scope, sort, run)))
  }
  return places
}

async function readRun(
  deps: Pick<Deps, 'db'>,
  scope: PageScope,
  sort: ConnectionSort,
  run: PageRun,
): Promise<ConnectionCursor[]> {
  const { text, values } = pageStatement(scope, sort, run)
  return placesSchema.parse(await deps.db.$queryRawUnsafe(text, ...values))
}

async function readRows(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  ids: readonly string[],
): Promise<ConnectionRow[]> {
  const around = await readSurroundings(deps)
  const found = await deps.db.connection.findMany({
    where: { id: { in: [...ids] } },
    select: {
      ...factSelect,
      ...ownerSelect,
      label: true,
      accountName: true,
      orgName: true,
      accessExpiresAt: true,
      reconnectBy: true,
      use: { select: { lastUsedAt: true } },
      app: {
        select: {
          ...appFaultSelect,
          id: true,
          name: true,
          environment: true,
          origin: true,
          baseUrl: true,
          agreedLimit: true,
          agreedWindowS: true,
        },
      },
    },
  })
  const windows = await deps.db.rateWindow.findMany({
    where: { bucket: { in: found.map(bucketOf) } },
    select: rateSelect,
  })
  const now = deps.clock.now()
  const windowOf = new Map(windows.map((window) => [window.bucket, window]))
  const rows = found.map(
    (row): ConnectionRow => ({
      id: row.id,
      provider: row.provider,
      environment: row.app.environment,
      grantKind: row.grantKind,
      appId: row.app.id,
      appName: row.app.name,
      isSandbox: row.app.origin === 'sandbox',
      name: row.label ?? row.accountName,
      accountName: row.accountName,
      orgName: row.orgName,
      status: statusOf(row, row.app, around(row.provider, row.app.baseUrl)),
      accessExpiresAt: row.accessExpiresAt,
      reconnectBy: row.reconnectBy,
      rate: connectionRate(row, windowOf.get(bucketOf(row)) ?? null, now),
      lastUsedAt: row.use?.lastUsedAt ?? null,
    }),
  )
  const place = new Map(ids.map((id, index) => [id, index]))
  return rows.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
}
