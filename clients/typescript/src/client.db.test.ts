import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { UserActor } from '../../../lib/core/actor'
import { newId } from '../../../lib/core/ids'
import type { ProviderId } from '../../../lib/core/provider'
import { Secret } from '../../../lib/core/secret'
import { type TestDatabase, testDatabase } from '../../../tests/database'
import { type FakeAnswer, type FakeCall, type FakeServer, fakeServer } from '../../../tests/fake-server'
import { type MachineApi, makeKey, startMachineApi } from '../../../tests/machine-api'
import { type TestDeps, testDeps } from '../../../tests/test-deps'
import { createPatchbayClient, type PatchbayClient } from './client'
import { envoyPages, outreachPages, outstandPages } from './pages'

const admin: UserActor = {
  kind: 'user',
  id: 'usr_1',
  name: 'Ada',
  email: 'ada@example.com',
  role: 'admin',
  sessionId: 'ses_1',
}

let database: TestDatabase
let t: TestDeps
let api: MachineApi
let provider: FakeServer
let answer: (call: FakeCall) => FakeAnswer
/** What the client has sent: method, path and status of each. */
let sent: string[]
/** Called when Patchbay holds a call back. */
let onHeld: () => void
let patchbay: PatchbayClient
const connections = new Map<ProviderId, string>()

beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  provider = await fakeServer((call) => answer(call))
  for (const each of ['outreach', 'envoy', 'outstand'] as const) connections.set(each, await connect(each))
  api = await startMachineApi(t.deps)
  const { key } = await makeKey(t.deps, admin)
  patchbay = createPatchbayClient({
    baseUrl: `${api.origin}/`,
    apiKey: key,
    async fetch(request) {
      const response = await fetch(request)
      sent.push(`${request.method} ${new URL(request.url).pathname.split('/').slice(-1)} ${response.status}`)
      if (response.status === 429) onHeld()
      return response
    },
  })
})
beforeEach(() => {
  sent = []
  onHeld = () => {}
})
afterAll(async () => {
  await api.close()
  await provider.close()
  await t.close()
  await database.close()
})

function idOf(each: ProviderId): string {
  return connections.get(each) ?? ''
}

async function connect(each: ProviderId): Promise<string> {
  const { deps } = t
  const id = (kind: 'connection' | 'providerApp') =>
    newId(kind, deps.clock.now().getTime(), deps.random.bytes(10))
  const [appId, connectionId] = [id('providerApp'), id('connection')]
  const accessExpiresAt = new Date(deps.clock.now().getTime() + 7_200_000)
  await deps.db.providerApp.create({
    data: {
      id: appId,
      slug: each,
      provider: each,
      environment: 'production',
      origin: 'settings',
      name: each,
      grants: ['oauth_code'],
      baseUrl: provider.origin,
    },
  })
  const place = { table: 'token_pair', rowId: connectionId, field: 'access_token_sealed' }
  await deps.db.connection.create({
    data: {
      id: connectionId,
      provider: each,
      appId,
      grantKind: 'oauth_code',
      lifecycle: 'live',
      ownStatus: 'healthy',
      accountName: 'Ada Byron',
      externalAccountId: `${each}-1`,
      generation: 1,
      accessExpiresAt,
      pair: {
        create: {
          generation: 1,
          obtainedBy: 'code',
          accessTokenSealed: deps.vault.seal(Secret.of(`token of ${each}`), place),
          accessFingerprint: '0123456789ab',
          obtainedAt: deps.clock.now(),
          accessExpiresAt,
          firstUsedAt: deps.clock.now(),
        },
      },
    },
  })
  return connectionId
}

async function all<Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of pages) items.push(...page)
  return items
}

test('every operation is typed, and its faults are values', async () => {
  const { data } = await patchbay.api.GET('/api/v1/connections/{id}', {
    params: { path: { id: idOf('envoy') } },
  })
  expect(data?.provider).toBe('envoy')
  const { error } = await patchbay.api.GET('/api/v1/connections/{id}', {
    params: { path: { id: 'con_none' } },
  })
  expect(error?.code).toBe('not_found')
})

test('a token is read once for all who ask, and kept', async () => {
  const id = idOf('outstand')
  patchbay.forget(id)
  const tokens = await Promise.all([1, 2, 3].map(() => patchbay.token(id)))
  tokens.push(await patchbay.token(id))
  expect(new Set(tokens.map((token) => token.accessToken))).toEqual(new Set(['token of outstand']))
  expect(tokens[0]).toMatchObject({ generation: 1, apiBaseUrl: provider.origin })
  expect(sent).toEqual(['GET token 200'])
  patchbay.forget(id)
  await patchbay.token(id)
  expect(sent).toEqual(['GET token 200', 'GET token 200'])
})

test('a problem of Patchbay is thrown with its code', async () => {
  await expect(patchbay.token('con_none')).rejects.toMatchObject({
    name: 'PatchbayProblem',
    status: 404,
    code: 'not_found',
  })
  const stranger = createPatchbayClient({ baseUrl: api.origin, apiKey: 'pbk_wrong' })
  await expect(stranger.token(idOf('envoy'))).rejects.toMatchObject({ status: 401, code: 'key_invalid' })
  await expect(stranger.proxy(idOf('envoy'), 'v1/locations')).rejects.toMatchObject({ code: 'key_invalid' })
})

test('a call goes through with the token of the connection, and the answer comes back whatever its status', async () => {
  answer = () => ({ status: 422, body: { errors: ['name is missing'] } })
  const response = await patchbay.proxy(idOf('outstand'), '/api/v1/contacts.json?dry=1', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(response.status).toBe(422)
  expect(await response.json()).toEqual({ errors: ['name is missing'] })
  const call = provider.calls.at(-1)
  expect(call).toMatchObject({ method: 'POST', path: '/api/v1/contacts.json', body: '{}' })
  expect(call?.headers.authorization).toBe('Bearer token of outstand')
  expect(call?.query.get('dry')).toBe('1')
})

test('a redirect of the provider is handed over, and nothing is sent where it leads', async () => {
  let calls = 0
  for (const location of ['https://elsewhere.example/api/v2/x', '/api/v2/other']) {
    answer = () => {
      calls += 1
      return { status: 307, headers: { location } }
    }
    const response = await patchbay.proxy(idOf('outreach'), 'api/v2/prospects', {
      method: 'POST',
      body: '{}',
    })
    expect([response.status, response.headers.get('location')]).toEqual([307, location])
  }
  expect(calls).toBe(2)
  expect(sent).toEqual(['POST prospects 307', 'POST prospects 307'])
})

test('what something on the way answers is not taken for the provider’s answer', async () => {
  const answers = [404, 429]
  const behind = createPatchbayClient({
    baseUrl: api.origin,
    apiKey: 'pbk_any',
    fetch: async () =>
      new Response('<h1>Busy</h1>', { status: answers.shift() ?? 200, headers: { 'retry-after': '0' } }),
  })
  for (const status of [404, 429]) {
    const calling = behind.proxy(idOf('outstand'), 'api/v1/contacts.json', { method: 'POST' }, { retries: 2 })
    await expect(calling).rejects.toMatchObject({ name: 'PatchbayProblem', status, code: 'unknown' })
  }
  // Whether such a call was made nobody knows: it is not made again.
  expect(answers).toEqual([])
})

test('an Outreach collection is read by its cursor, and no page leads elsewhere', async () => {
  const link = (after: string) =>
    `https://api.outreach.example/api/v2/prospects?page[size]=2&page[after]=${after}`
  answer = ({ query }) => {
    const after = query.get('page[after]')
    if (after === null) return { status: 200, body: { data: [1, 2], links: { next: link('b') } } }
    if (after === 'b') return { status: 200, body: { data: [3, 4], links: { next: link('c') } } }
    return { status: 200, body: { data: [5], links: { next: after === 'circle' ? link('circle') : null } } }
  }
  const pages = outreachPages<number>(patchbay, idOf('outreach'), 'api/v2/prospects?page[size]=2')
  expect(await all(pages)).toEqual([1, 2, 3, 4, 5])
  const elsewhere = ['https://evil.example/api/v2/users', 'https://api.outreach.example/api/v2/prospects']
  let step = 0
  answer = () => ({ status: 200, body: { data: [], links: { next: elsewhere[step++ % 2] ?? null } } })
  await expect(all(outreachPages(patchbay, idOf('outreach'), 'api/v2/prospects'))).rejects.toThrow(
    'elsewhere',
  )
})

test('an Envoy list is read until its total is reached', async () => {
  answer = ({ query }) => {
    const [page, perPage] = [Number(query.get('page')), Number(query.get('perPage'))]
    const data = Array.from({ length: 5 }, (_, n) => n).slice((page - 1) * perPage, page * perPage)
    return { status: 200, body: { data, meta: { page, perPage, total: 5 } } }
  }
  expect(await all(envoyPages(patchbay, idOf('envoy'), 'v1/locations?sort=name', { perPage: 2 }))).toEqual([
    0, 1, 2, 3, 4,
  ])
  expect(provider.calls.at(-1)?.query.get('sort')).toBe('name')
  expect(sent).toHaveLength(3)
})

test.each([404, 400])(
  'an Outstand list ends with a short page, or with %d beyond the last one',
  async (end) => {
    answer = ({ query }) => {
      const data = [[1, 2], [3, 4], []][Number(query.get('page')) - 1] ?? []
      return data.length === 0 ? { status: end, body: {} } : { status: 200, body: data }
    }
    const read = () => all(outstandPages(patchbay, idOf('outstand'), 'api/v1/contacts.json', { perPage: 2 }))
    expect(await read()).toEqual([1, 2, 3, 4])
    answer = () => ({ status: 200, body: [1] })
    expect(await read()).toEqual([1])
    answer = () => ({ status: end, body: {} })
    await expect(read()).rejects.toMatchObject({ name: 'PageFault' })
  },
)

test('the provider’s own 429 is the caller’s to judge; a call that Patchbay held back is made again when asked to', async () => {
  const id = idOf('envoy')
  answer = () => ({ status: 429, headers: { 'retry-after': '1' }, body: {} })
  expect((await patchbay.proxy(id, 'v1/locations', {}, { retries: 3 })).status).toBe(429)
  expect(sent).toEqual(['GET locations 429'])

  answer = () => ({ status: 200, body: { data: [] } })
  const callsBefore = provider.calls.length
  await expect(patchbay.proxy(id, 'v1/locations')).rejects.toMatchObject({
    code: 'rate_limited',
    status: 429,
  })
  await expect(patchbay.proxy(id, 'v1/locations', {}, { retries: 3, maxWaitS: 0 })).rejects.toMatchObject({
    code: 'rate_limited',
  })
  expect(provider.calls.length).toBe(callsBefore)
  sent = []
  onHeld = () => t.deps.clock.advance(5_000)
  expect((await patchbay.proxy(id, 'v1/locations', {}, { retries: 3 })).status).toBe(200)
  expect(sent).toEqual(['GET locations 429', 'GET locations 200'])
})
