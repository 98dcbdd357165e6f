import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { Actor } from '../core/actor'
import { countConnections } from './connection-counts'
import { writeCursor } from './connection-cursor'
import type { ConnectionSort } from './connection-list-sql'
import { type ConnectionsQuery, connectionsPage, connectionsPageSize } from './connections-page'
import { type SeededConnection, seedConnections, writeUses } from './test-connections'

const viewer: Actor = {
  kind: 'user',
  id: 'usr_1',
  name: 'Vera',
  email: 'vera@example.com',
  role: 'viewer',
  sessionId: 'ses_1',
}
const count = 10_000
const everything: ConnectionsQuery = {
  search: '',
  providers: [],
  environments: [],
  statuses: [],
  sort: { key: 'name', direction: 'asc' },
  after: null,
  before: null,
}

let database: TestDatabase
let t: TestDeps
let seeded: SeededConnection[]
beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  seeded = await seedConnections(t.deps, count)
}, 600_000)
afterAll(async () => {
  await t.close()
  await database.close()
})

async function walk(query: ConnectionsQuery, way: 'next' | 'previous'): Promise<string[][]> {
  const pages: string[][] = []
  let page = await connectionsPage(t.deps, viewer, query)
  for (;;) {
    pages.push(page.rows.map((row) => row.id))
    const cursor = page[way]
    if (cursor === null) return pages
    const place = way === 'next' ? { after: cursor, before: null } : { after: null, before: cursor }
    page = await connectionsPage(t.deps, viewer, { ...query, ...place })
  }
}

function expected(rows: readonly SeededConnection[], { key, direction }: ConnectionSort): string[] {
  const sign = direction === 'asc' ? 1 : -1
  const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
  return [...rows]
    .sort((a, b) => {
      const [x, y] = [a.keys[key], b.keys[key]]
      if (x === null || y === null) {
        if (x !== y) return x === null ? 1 : -1
        return sign * compare(a.id, b.id)
      }
      return sign * (compare(x, y) || compare(a.id, b.id))
    })
    .map((row) => row.id)
}

const sorts = (['name', 'access', 'reconnect', 'used'] as const).flatMap((key) =>
  (['asc', 'desc'] as const).map((direction) => ({ key, direction })),
)

describe('ten thousand connections', () => {
  it.each(sorts)(
    'are paged completely and in order, sorted by $key $direction, forwards and back',
    async (sort) => {
      const query = { ...everything, sort }
      const order = expected(seeded, sort)
      const pages = await walk(query, 'next')
      expect(pages).toHaveLength(count / connectionsPageSize)
      expect(pages.flat()).toEqual(order)

      const last = pages.at(-1)?.at(-1)
      const row = seeded.find((each) => each.id === last)
      if (!row) throw new Error('the last page is empty')
      const end = row.keys[sort.key]
      const value = typeof end === 'number' ? new Date(end).toISOString() : end
      const back = await walk({ ...query, before: writeCursor({ value, id: row.id }) }, 'previous')
      // All but the row that the walk began at; what is left over at the beginning is filled up to a whole page.
      const [firstPage = [], ...others] = [...back].reverse()
      expect(firstPage).toEqual(order.slice(0, connectionsPageSize))
      expect(others.flat()).toEqual(order.slice(-1 - others.flat().length, -1))
      expect(others.flat().length + connectionsPageSize).toBeGreaterThanOrEqual(count - 1)
    },
    120_000,
  )

  it('stay in their order while others come and go before them', async () => {
    const query = { ...everything, sort: { key: 'access', direction: 'asc' } as const }
    const first = await connectionsPage(t.deps, viewer, query)
    const second = await connectionsPage(t.deps, viewer, { ...query, after: first.next })
    const gone = first.rows.slice(0, 3).map((row) => row.id)
    const kept = await t.deps.db.connection.findMany({ where: { id: { in: gone } } })
    await t.deps.db.connection.deleteMany({ where: { id: { in: gone } } })
    const again = await connectionsPage(t.deps, viewer, { ...query, after: first.next })
    await t.deps.db.connection.createMany({ data: kept })
    await writeUses(
      t.deps,
      seeded.filter((row) => gone.includes(row.id)),
    )
    expect(again.rows.map((row) => row.id)).toEqual(second.rows.map((row) => row.id))
  })

  it.each([
    { providers: ['envoy'] },
    { environments: ['development'] },
    { statuses: ['app_misconfigured'] },
    { statuses: ['healthy', 'needs_reconnect'] },
    { providers: ['outreach', 'outstand'], environments: ['production'], statuses: ['suspended'] },
    { search: 'ACME37' },
    { search: 'acme globex' },
    { search: 'person42', providers: ['outreach'], statuses: ['healthy'] },
    { search: '100%' },
    { search: 'under_score' },
    { search: "o'neil \\" },
    // More than are sorted apart, fewer, and none.
    { search: 'PERSON', sort: { key: 'access', direction: 'asc' } },
    { search: 'acme', statuses: ['healthy'], sort: { key: 'used', direction: 'asc' } },
    { search: 'acme globex', sort: { key: 'reconnect', direction: 'desc' } },
    { statuses: ['app_misconfigured', 'pending'], sort: { key: 'access', direction: 'desc' } },
    { search: 'envoy production 12', sort: { key: 'used', direction: 'desc' } },
    { search: 'zeta 0 1 2' },
  ] satisfies Partial<ConnectionsQuery>[])('are filtered by %o', async (filter) => {
    const query: ConnectionsQuery = { ...everything, ...filter }
    const words = query.search.toLowerCase().split(' ').filter(Boolean)
    const fits = seeded.filter(
      (row) =>
        (query.providers.length === 0 || query.providers.includes(row.provider)) &&
        (query.environments.length === 0 || query.environments.includes(row.environment)) &&
        (query.statuses.length === 0 || query.statuses.includes(row.status)) &&
        words.every((word) => row.texts.some((text) => text.toLowerCase().includes(word))),
    )
    expect(fits.length).toBeGreaterThan(0)
    expect((await walk(query, 'next')).flat()).toEqual(expected(fits, query.sort))
  })

  it('stay in order and are found as they are renamed, change their status, come and go', async () => {
    const { deps } = t
    const before = seeded.slice(200, 320)
    const ids = before.map((row) => row.id)
    const kept = await deps.db.connection.findMany({ where: { id: { in: ids } } })
    const changed = before.map((row, index): SeededConnection => {
      const name = index % 3 === 0 ? row.keys.name : `${index % 2 === 0 ? 'Argon' : 'mmm'} ${index % 7}`
      const texts = [...row.texts, name]
      return { ...row, status: 'suspended', texts, keys: { ...row.keys, name: name.toLowerCase() } }
    })
    for (const [index, row] of changed.entries()) {
      if (index % 3 === 0) continue
      await deps.db.connection.update({
        where: { id: row.id },
        data:
          index % 2 === 0 ? { label: row.texts.at(-1) ?? null } : { label: null, accountName: row.keys.name },
      })
    }
    await deps.db.connection.updateMany({ where: { id: { in: ids } }, data: { ownStatus: 'suspended' } })
    const gone = new Set(ids.slice(0, 20))
    await deps.db.connection.deleteMany({ where: { id: { in: [...gone] } } })
    const others = new Set(ids)
    const now = [
      ...seeded.filter((row) => !others.has(row.id)),
      ...changed.filter((row) => !gone.has(row.id)),
    ]

    expect((await walk(everything, 'next')).flat()).toEqual(expected(now, everything.sort))
    const suspended = now.filter((row) => row.status === 'suspended')
    for (const sort of sorts) {
      const query: ConnectionsQuery = { ...everything, statuses: ['suspended'], sort }
      expect((await walk(query, 'next')).flat()).toEqual(expected(suspended, sort))
    }
    const found = now.filter((row) => row.keys.name.startsWith('argon'))
    const query = { ...everything, search: 'ARGON' }
    expect((await walk(query, 'next')).flat()).toEqual(expected(found, query.sort))
    const { counts } = await countConnections(deps, viewer, 'argon')
    expect(counts.reduce((sum, each) => sum + each.count, 0)).toBe(found.length)

    await deps.db.connection.deleteMany({ where: { id: { in: ids } } })
    await deps.db.connection.createMany({ data: kept })
    await writeUses(deps, before)
  }, 600_000)

  it('are counted by provider, environment and the status that is shown', async () => {
    const { counts } = await countConnections(t.deps, viewer, '')
    expect(counts.reduce((sum, each) => sum + each.count, 0)).toBe(count)
    for (const { provider, environment, status, count: told } of counts) {
      const own = seeded.filter(
        (row) => row.provider === provider && row.environment === environment && row.status === status,
      )
      expect(told).toBe(own.length)
    }
  })
})

it('shows the status that the filter went by', async () => {
  for (const status of ['healthy', 'app_misconfigured', 'disconnected', 'retrying'] as const) {
    const { rows } = await connectionsPage(t.deps, viewer, { ...everything, statuses: [status] })
    expect(new Set(rows.map((row) => row.status.status))).toEqual(new Set([status]))
  }
})

it.each(['', 'x', 'bm90IGpzb24', writeCursor({ value: 'acme', id: 'con_1' }), 'a'.repeat(5_000)])(
  'begins at the first page for the cursor %#',
  async (cursor) => {
    const first = await connectionsPage(t.deps, viewer, everything)
    for (const place of [{ after: cursor }, { before: cursor }])
      expect((await connectionsPage(t.deps, viewer, { ...everything, ...place })).rows).toEqual(first.rows)
    expect(first.previous).toBeNull()
  },
)

it('begins at the first page for a cursor of another sort', async () => {
  const byName = await connectionsPage(t.deps, viewer, everything)
  const query = { ...everything, sort: { key: 'used', direction: 'asc' } as const }
  const first = await connectionsPage(t.deps, viewer, query)
  expect((await connectionsPage(t.deps, viewer, { ...query, after: byName.next })).rows).toEqual(first.rows)
})

it('finds the connections of an app by its id', async () => {
  const app = await t.deps.db.providerApp.findFirstOrThrow({ select: { id: true } })
  const { rows } = await connectionsPage(t.deps, viewer, { ...everything, search: app.id })
  expect(rows.length).toBeGreaterThan(0)
  expect(new Set(rows.map(({ appId }) => appId))).toEqual(new Set([app.id]))
})

it('tells an empty filter from an empty Patchbay', async () => {
  const search = 'nobody has this name'
  const none = await connectionsPage(t.deps, viewer, { ...everything, search })
  expect(none).toEqual({ rows: [], previous: null, next: null })
  expect(await countConnections(t.deps, viewer, search)).toEqual({ counts: [], any: true })
})

it('reads no ciphertext', async () => {
  const { rows } = await connectionsPage(t.deps, viewer, everything)
  expect(JSON.stringify(rows)).not.toContain('ealed')
})

it('refuses whoever is not signed in', async () => {
  const visitor: Actor = { kind: 'visitor', address: '127.0.0.1' }
  await expect(connectionsPage(t.deps, visitor, everything)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(countConnections(t.deps, visitor, '')).rejects.toMatchObject({ code: 'forbidden' })
})
