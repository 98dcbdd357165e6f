import { countConnections } from '../lib/queries/connection-counts'
import { writeCursor } from '../lib/queries/connection-cursor'
import type { ConnectionSort, ConnectionSortKey } from '../lib/queries/connection-list-sql'
import { type ConnectionsQuery, connectionsPage, connectionsPageSize } from '../lib/queries/connections-page'
import { searchConnections } from '../lib/queries/search-connections'
import { benchApp } from './bench-apps'
import { benchActor } from './bench-key'
import type { Bench } from './bench-setting'
import { type BenchWorld, benchWorld } from './bench-world'
import { median, percentile } from './percentile'
import { seedConnections } from './seed-connections'

const connections = 100_000
const warmUps = 3
const repeats = 20
/** Design, section 11. */
const p95Max = 50
const ratioMax = 1.3

const everything: ConnectionsQuery = {
  search: '',
  providers: [],
  environments: [],
  statuses: [],
  sort: { key: 'name', direction: 'asc' },
  after: null,
  before: null,
}

const narrowed: Record<string, Partial<ConnectionsQuery>> = {
  'no hit': { search: 'nobody' },
  'one hit': { search: 'person77123@' },
  'many hits': { search: 'globex' },
  'all hit': { search: 'example' },
  'two words': { search: 'ada globex' },
  'two words that never meet': { search: 'acme globex' },
  'no hit, by reconnect': { search: 'nobody', sort: { key: 'reconnect', direction: 'asc' } },
  'many hits, by expiry': { search: 'globex', sort: { key: 'access', direction: 'desc' } },
  'two words that never meet, by use': { search: 'acme globex', sort: { key: 'used', direction: 'asc' } },
  'a status of few': { statuses: ['suspended'] },
  'a status of most': { statuses: ['healthy'] },
  'an app’s fault, by expiry': { statuses: ['app_misconfigured'], sort: { key: 'access', direction: 'asc' } },
  'a provider and an environment': { providers: ['envoy'], environments: ['production'] },
}

const sorts = (['name', 'access', 'reconnect', 'used'] as const).flatMap((key) =>
  (['asc', 'desc'] as const).map((direction) => ({ key, direction })),
)

/** The list of 100,000 connections: what the server needs for a page with its counts, wherever the page is. */
export const list: Bench = async (setting, tell, say) => {
  const world = await benchWorld(setting, 'http://127.0.0.1:9')
  try {
    await seedConnections(world, connections, await apps(world))
    const pages: number[][] = []
    const ratios: number[] = []
    for (const sort of sorts) {
      const query = { ...everything, sort }
      const places = await placesOf(world, sort)
      const times = await timed(world, [
        query,
        { ...query, after: places.middle },
        { ...query, after: places.nearEnd },
        { ...query, before: places.end },
      ])
      const [first = [], , last = [], backwards = []] = times
      pages.push(...times)
      ratios.push(median(last) / median(first), median(backwards) / median(first))
      say(wordsOf(`${sort.key} ${sort.direction}: first, middle, last, back`, times))
    }
    const filters = Object.values(narrowed)
    const searches = await timed(
      world,
      filters.map((filter) => ({ ...everything, ...filter })),
    )
    for (const [index, words] of Object.keys(narrowed).entries())
      say(wordsOf(words, searches.slice(index, index + 1)))
    tell(slowest('pages of every sort, first to last', pages))
    tell(slowest('pages of searches and filters', searches))
    const ratio = Math.max(...ratios)
    tell({
      name: 'last page by the first, every sort',
      value: ratio,
      unit: '×',
      yardstick: null,
      ratio: null,
      target: `${ratioMax} × at most`,
      ok: ratio <= ratioMax,
    })
  } finally {
    await world.close()
  }
}

async function apps(world: BenchWorld) {
  const environments = ['sandbox', 'development', 'production'] as const
  const made = await Promise.all(
    (['outreach', 'envoy', 'outstand'] as const).flatMap((provider) =>
      environments.map((environment) =>
        benchApp(world, { provider, environment, baseUrl: 'http://127.0.0.1:9' }),
      ),
    ),
  )
  await world.deps.db.providerApp.update({
    where: { id: made[0]?.id ?? '' },
    data: { faultAt: world.deps.clock.now() },
    select: { id: true },
  })
  return made
}

const columns: Record<ConnectionSortKey, string> = {
  name: 'listed.name',
  access: 'access_expires_at',
  reconnect: 'reconnect_by',
  used: 'last_used_at',
}

/** Cursors of the row in the middle, of the one before the last page, and of the last row, as a browser would have them. */
async function placesOf({ pool }: BenchWorld, { key, direction }: ConnectionSort) {
  const column = columns[key]
  const at = async (offset: number) => {
    const { rows } = await pool.query<{ id: string; value: string | Date | null }>(
      `SELECT id, ${column} AS value FROM connection JOIN connection_listed AS listed ON listed.connection_id = id
       JOIN connection_use AS used ON used.connection_id = id
       ORDER BY ${column} IS NULL, ${column} ${direction}, id ${direction} OFFSET $1 LIMIT 1`,
      [offset],
    )
    const [row] = rows
    if (!row) throw new Error('the list is shorter than it should be')
    const value = row.value instanceof Date ? row.value.toISOString() : row.value
    return writeCursor({ id: row.id, value })
  }
  return {
    middle: await at(connections / 2),
    nearEnd: await at(connections - connectionsPageSize - 1),
    end: await at(connections - 1),
  }
}

/** @returns milliseconds of each time that a page and its counts were made, for each query; they take turns */
async function timed({ deps }: BenchWorld, queries: readonly ConnectionsQuery[]): Promise<number[][]> {
  const times = queries.map((): number[] => [])
  for (let run = 0; run < warmUps + repeats; run += 1) {
    for (const [index, query] of queries.entries()) {
      const began = performance.now()
      const found = await searchConnections(deps, benchActor, query)
      await Promise.all([
        connectionsPage(deps, benchActor, query, found),
        countConnections(deps, benchActor, query.search, found),
      ])
      if (run >= warmUps) times[index]?.push(performance.now() - began)
    }
  }
  return times
}

function slowest(name: string, cases: readonly number[][]) {
  const value = Math.max(...cases.map((times) => percentile(times, 95)))
  return {
    name: `${name}: slowest 95th percentile`,
    value,
    unit: 'ms',
    yardstick: null,
    ratio: null,
    target: `${p95Max} ms at most`,
    ok: value <= p95Max,
  }
}

function wordsOf(name: string, cases: readonly number[][]): string {
  return `${name}: ${cases.map((times) => `${median(times).toFixed(1)} (p95 ${percentile(times, 95).toFixed(1)})`).join(', ')} ms`
}
