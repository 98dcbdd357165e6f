import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MachineApi, makeKey, startMachineApi } from '../../tests/machine-api'
import { renameConnection } from '../connections/rename-connection'
import { ada, connected, makeWorld, type World } from '../connections/test-world'
import { connectionSchema } from './connections/connection-schema'
import { problemSchema } from './openapi/problem-schema'
import { operations } from './operations'

let world: World
let api: MachineApi
let connectionId: string
let key: string

beforeAll(async () => {
  world = await makeWorld({ provider: 'outstand' })
  api = await startMachineApi(world.deps)
  connectionId = await connected(world, ada)
  key = (await makeKey(world.deps, world.admin)).key
})
afterAll(async () => {
  await api.close()
  await world.close()
})

const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const body = await answer.json()
  expect(body.status).toBe(answer.status)
  return body
}

describe('a connection', () => {
  test('is told as documented', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, key)
    expect(answer.status).toBe(200)
    const told = connectionSchema.strict().parse(await answer.json())
    expect(told).toMatchObject({ id: connectionId, provider: 'outstand', status: { code: 'healthy' } })
  })

  test('out of the key’s reach looks like one that does not exist', async () => {
    const other = await makeKey(world.deps, world.admin, { providers: ['envoy'] })
    const kept = await problemOf(await api.ask(`/api/v1/connections/${connectionId}`, other.key))
    const missing = await problemOf(await api.ask(`/api/v1/connections/con_${'0'.repeat(26)}`, other.key))
    expect({ ...kept, instance: '' }).toEqual({ ...missing, instance: '' })
    expect(kept).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('every answer', () => {
  test('says that it is the gateway’s, is kept by nobody, and has an id', async () => {
    for (const path of ['/api/v1/connections/x', '/api/v1/nothing', `/api/v1/connections/${connectionId}`]) {
      const { headers } = await api.ask(path, key)
      expect(Object.fromEntries(headers)).toMatchObject({
        'patchbay-answer': 'gateway',
        'x-content-type-options': 'nosniff',
        'patchbay-request-id': expect.stringMatching(/^[0-9a-f]{12}-[0-9a-z]+$/),
      })
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('a request', () => {
  test('without a key, or with a wrong one, is asked for a Bearer key', async () => {
    const path = `/api/v1/connections/${connectionId}`
    const none = await api.ask(path)
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="Patchbay"')
    expect(await problemOf(none)).toMatchObject({ status: 401, code: 'key_invalid', reason: 'missing' })
    const wrong = await api.ask(path, `${key.slice(0, -1)}_`)
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(await problemOf(wrong)).toMatchObject({ status: 401, reason: 'malformed' })
  })

  test('with a key of too few scopes is told which one is missing', async () => {
    const poor = await makeKey(world.deps, world.admin, { scopes: ['proxy'] })
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, poor.key)
    expect(await problemOf(answer)).toMatchObject({
      status: 403,
      code: 'scope_missing',
      scope: 'connections:read',
    })
  })

  test('with the key in its address is refused, and the key reaches no log', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}?key=${key}`)
    expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_input' })
    expect(world.logLines.join('\n')).not.toContain(key)
  })

  test('to an unknown path is 404, by another method 405 with those that are allowed', async () => {
    expect(await problemOf(await api.ask('/api/v1/nothing', key))).toMatchObject({ code: 'path_unknown' })
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, key, { method: 'DELETE' })
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(await problemOf(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' })
    const options = await api.ask(`/api/v1/connections/${connectionId}`, undefined, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  })

  test('for the head alone gets the head alone', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, key, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(100)
  })

  test('with a parameter that nobody knows is told the ones there are', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}?min_ttl_s=5`, key)
    expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  test('for a page is none of the API’s', async () => {
    expect((await api.ask('/connections')).status).toBe(418)
    expect((await api.ask('/api/health/live')).status).toBe(200)
  })
})

describe('the list', () => {
  const list = async (query = '', by = key) => {
    const answer = await api.ask(`/api/v1/connections${query}`, by)
    expect(answer.status).toBe(200)
    return answer.json()
  }
  const idsOf = (page: { connections: { id: string }[] }) => page.connections.map(({ id }) => id)

  /** All pages of a list, with what they were asked for. */
  async function walk(query: string, by = key) {
    const ids: string[] = []
    for (let cursor = ''; ; ) {
      const page = await list(`?limit=3${query}${cursor && `&cursor=${cursor}`}`, by)
      expect(page.connections.length).toBeLessThanOrEqual(3)
      ids.push(...idsOf(page))
      if (page.next_cursor === null) return ids
      cursor = page.next_cursor
    }
  }

  beforeAll(async () => {
    for (let n = 0; n < 8; n += 1) {
      world.deps.clock.advance(1_000)
      const id = await connected(world, { ...ada, id: 500 + n })
      const label = `${n % 2 ? 'Odd' : 'Even'} One n-${n}`
      await renameConnection(world.deps, world.admin, { connectionId: id, label })
    }
  })

  test('is told as documented, page by page, each connection once and in the order of its id', async () => {
    const schema = operations.find(({ operationId }) => operationId === 'listConnections')?.answers[200]
      ?.schema
    expect(schema?.safeParse(await list()).error).toBeUndefined()
    const all = await world.deps.db.connection.findMany({ orderBy: { id: 'asc' }, select: { id: true } })
    expect(await walk('')).toEqual(all.map(({ id }) => id))
  })

  test('goes on behind a connection that is gone meanwhile, and shows one that came', async () => {
    const first = await list('?limit=3')
    const last = first.connections.at(-1).id
    await world.deps.db.connection.update({ where: { id: last }, data: { lifecycle: 'disconnected' } })
    world.deps.clock.advance(1_000)
    const late = await connected(world, { ...ada, id: 900 })
    const rest = await list(`?limit=100&cursor=${first.next_cursor}`)
    expect(idsOf(rest)).toContain(late)
    expect(idsOf(rest).every((id) => id > last)).toBe(true)
    await world.deps.db.connection.update({ where: { id: last }, data: { lifecycle: 'live' } })
  })

  test('is narrowed by words and kinds', async () => {
    expect(await walk('&q=odd')).toHaveLength(4)
    expect(await walk('&q=even+N-2')).toHaveLength(1)
    expect(await walk('&status=healthy&provider=outstand&environment=production')).toEqual(await walk(''))
    expect(await walk('&provider=envoy')).toEqual([])
    expect(await walk('&status=needs_reconnect')).toEqual([])
  })

  test('is what the key reaches, and nothing beside', async () => {
    const [one] = await walk('')
    const narrow = await makeKey(world.deps, world.admin, { connectionIds: [one ?? ''] })
    expect(await walk('', narrow.key)).toEqual([one])
    const other = await makeKey(world.deps, world.admin, { providers: ['envoy'] })
    expect(await walk('', other.key)).toEqual([])
    expect(await walk('&provider=outstand', other.key)).toEqual([])
  })

  test.each(['limit=0', 'limit=101', 'limit=1e1', 'limit=3&limit=4', 'cursor=x', 'status=well', 'q=%00'])(
    'refuses %s by its name',
    async (query) => {
      const answer = await api.ask(`/api/v1/connections?${query}`, key)
      expect(await problemOf(answer)).toMatchObject({ status: 400, field: query.split('=', 1)[0] })
    },
  )

  test('takes a cursor for the filters alone that it was made with', async () => {
    const { next_cursor: cursor } = await list('?limit=3&q=one')
    expect(idsOf(await list(`?limit=2&q=one&cursor=${cursor}`))).toHaveLength(2)
    const answer = await api.ask(`/api/v1/connections?limit=3&cursor=${cursor}`, key)
    expect(await problemOf(answer)).toMatchObject({ status: 400, field: 'cursor' })
  })
})

test('an answer that a program has already is not sent again', async () => {
  for (const path of ['/api/v1/connections', `/api/v1/connections/${connectionId}`, '/api/v1/openapi.json']) {
    const etag = (await api.ask(path, key)).headers.get('etag') ?? ''
    const again = await api.ask(path, key, { headers: { 'if-none-match': `"other", ${etag}` } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  }
})

test('the rate limit is told as documented', async () => {
  const answer = await api.ask(`/api/v1/connections/${connectionId}/rate-limit`, key)
  const schema = operations.find(({ operationId }) => operationId === 'readRateLimit')?.answers[200]?.schema
  const body = await answer.json()
  expect(schema?.safeParse(body).error).toBeUndefined()
  expect(body).toMatchObject({ limit: 300, window_s: 300, source: 'own_count', shared: false })
})

test('the document is there for everybody, and problems are as it says', async () => {
  const answer = await api.ask('/api/v1/openapi.json')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(await answer.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://localhost:3000' }] })
  for (const path of ['connections/x', 'connections?limit=0', 'nothing'])
    expect(
      problemSchema.safeParse(await (await api.ask(`/api/v1/${path}`, key)).json()).error,
    ).toBeUndefined()
})
