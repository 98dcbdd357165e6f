import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MachineApi, makeKey, startMachineApi } from '../../tests/machine-api'
import { revokeKey } from '../api-keys/revoke-key'
import { disconnectConnection } from '../connections/disconnect-connection'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { operations } from './operations'

let world: World
let api: MachineApi
let key: string
let keyId: string

beforeAll(async () => {
  world = await makeWorld({ provider: 'outreach' })
  api = await startMachineApi(world.deps)
  const made = await makeKey(world.deps, world.admin)
  key = made.key
  keyId = made.id
})
afterAll(async () => {
  await api.close()
  await world.close()
})

const minute = 60_000
let people = 1_000

/** A connection of its own: what one test does to it, no other sees. */
async function connection(): Promise<string> {
  people += 1
  return connected(world, { ...ada, id: people, email: `person${people}@example.com` })
}

const tokenPath = (id: string, query = '') => `/api/v1/connections/${id}/token${query}`
const refresh = (id: string, init: RequestInit = {}, by = key) =>
  api.ask(`/api/v1/connections/${id}/refresh`, by, { method: 'POST', ...init })
const sent = (body: unknown): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})
const mints = () => world.doorkeeper.tokenCalls('refresh_token').length
const newest = () => world.doorkeeper.pairs.at(-1)?.access
const schemaOf = (operationId: string) =>
  operations.find((each) => each.operationId === operationId)?.answers[200]?.schema

describe('a token', () => {
  test('is handed out as documented, kept by nobody, and noted as used', async () => {
    const id = await connection()
    const answer = await api.ask(tokenPath(id), key)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const body = await answer.json()
    expect(schemaOf('readToken')?.safeParse(body).error).toBeUndefined()
    expect(body).toMatchObject({
      access_token: newest(),
      token_type: 'Bearer',
      generation: 1,
      api_base_url: world.doorkeeper.url,
    })
    expect(body.expires_in).toBe((Date.parse(body.expires_at) - world.deps.clock.now().getTime()) / 1000)
    await world.deps.keys.flush()
    expect(await world.deps.db.tokenRead.findMany({ where: { connectionId: id } })).toMatchObject([
      { apiKeyId: keyId, reads: 1 },
    ])
    const row = await world.deps.db.connectionUse.findUniqueOrThrow({ where: { connectionId: id } })
    expect(row.lastUsedAt).toEqual(world.deps.clock.now())
  })

  test('that a program has already is not sent again', async () => {
    const id = await connection()
    const etag = (await api.ask(tokenPath(id), key)).headers.get('etag') ?? ''
    const again = await api.ask(tokenPath(id), key, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    expect((await api.ask(tokenPath(id), key, { headers: { 'if-none-match': 'W/"g0"' } })).status).toBe(200)
  })

  test('that ends too soon is renewed once for all who ask', async () => {
    const id = await connection()
    world.deps.clock.advance(110 * minute)
    const before = mints()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.ask(tokenPath(id, '?min_ttl_s=1800'), key)),
    )
    const bodies = await Promise.all(answers.map((each) => each.json()))
    expect(mints()).toBe(before + 1)
    expect(new Set(bodies.map((body) => body.access_token))).toEqual(new Set([newest()]))
    expect(bodies[0]).toMatchObject({ generation: 2 })
  })

  test.each([
    ['needs_reconnect', { needsReconnectAt: new Date() }],
    ['connection_suspended', { suspendedAt: new Date() }],
    ['connection_ended', { lifecycle: 'disconnected' as const }],
    ['connection_pending', { lifecycle: 'pending' as const }],
  ])('that is not to be had is 409 %s', async (code, data) => {
    const id = await connection()
    await world.deps.db.connection.update({ where: { id }, data })
    const answer = await api.ask(tokenPath(id), key)
    expect([answer.status, (await answer.json()).code]).toEqual([409, code])
  })

  test('that a failing provider cannot renew is 503 with the time of the next try', async () => {
    const id = await connection()
    world.deps.clock.advance(130 * minute)
    world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 503, body: '' })
    const answer = await api.ask(tokenPath(id), key)
    const body = await answer.json()
    expect([answer.status, body.code]).toEqual([503, 'provider_unreachable'])
    const waitS = (Date.parse(body.retry_at) - world.deps.clock.now().getTime()) / 1000
    expect(answer.headers.get('retry-after')).toBe(String(Math.ceil(waitS)))
  })

  test('is not handed to a key that was revoked while it was renewed', async () => {
    const id = await connection()
    world.deps.clock.advance(130 * minute)
    const made = await makeKey(world.deps, world.admin)
    const before = mints()
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    world.doorkeeper.state.tokenFaults.push({ kind: 'held', until })
    const asked = api.ask(tokenPath(id), made.key)
    await expect.poll(mints).toBe(before + 1)
    await revokeKey(world.deps, world.admin, { keyId: made.id })
    world.deps.clock.advance(1_000)
    letGo()
    const answer = await asked
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'key_invalid'])
    expect((await api.ask(tokenPath(id), key)).status).toBe(200)
  })

  test('of another connection is not told by a key for one', async () => {
    const [mine, other] = [await connection(), await connection()]
    const narrow = await makeKey(world.deps, world.admin, { connectionIds: [mine], scopes: ['tokens:read'] })
    expect((await api.ask(tokenPath(mine), narrow.key)).status).toBe(200)
    await world.deps.db.connection.update({ where: { id: other }, data: { needsReconnectAt: new Date() } })
    const answer = await api.ask(tokenPath(other), narrow.key)
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'not_found'])
  })

  test.each(['-1', '1e3', '0x10', '86401', '', ' 5', '5&min_ttl_s=6', '99999999999'])(
    'with min_ttl_s=%s is refused by the name of the parameter',
    async (value) => {
      const answer = await api.ask(tokenPath(`con_${'0'.repeat(26)}`, `?min_ttl_s=${value}`), key)
      expect([answer.status, (await answer.json()).field]).toEqual([400, 'min_ttl_s'])
    },
  )
})

describe('a refresh', () => {
  test('renews the pair and says who asked', async () => {
    const id = await connection()
    world.deps.clock.advance(2 * minute)
    const answer = await refresh(id)
    expect(answer.status).toBe(200)
    const body = await answer.json()
    expect(schemaOf('refreshToken')?.safeParse(body).error).toBeUndefined()
    expect(body).toMatchObject({ connection_id: id, renewed: true, generation: 2 })
    const trail = await world.deps.db.auditEvent.findMany({
      where: { connectionId: id, action: 'connection.refreshed' },
    })
    expect(trail).toMatchObject([{ actorKind: 'key', actorId: keyId, detail: { result: 'renewed' } }])
  })

  test('repeated with its Idempotency-Key renews nothing, and answers the present state', async () => {
    const [id, other] = [await connection(), await connection()]
    world.deps.clock.advance(2 * minute)
    const wish = { headers: { 'idempotency-key': 'one-wish' } }
    const before = mints()
    const first = await (await refresh(id, wish)).json()
    world.deps.clock.advance(2 * minute)
    expect(await (await refresh(id, wish)).json()).toEqual(first)
    expect(mints()).toBe(before + 1)
    const foreign = await refresh(other, wish)
    expect([foreign.status, (await foreign.json()).code]).toEqual([409, 'conflict'])
    const second = await makeKey(world.deps, world.admin)
    expect((await refresh(other, wish, second.key)).status).toBe(200)
    world.deps.clock.advance(25 * 60 * minute)
    expect(await (await refresh(id, wish)).json()).toMatchObject({ renewed: true, generation: 3 })
  })

  test('that failed is tried again by its repeat', async () => {
    const id = await connection()
    world.deps.clock.advance(2 * minute)
    const wish = { headers: { 'idempotency-key': 'failed-first' } }
    world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 503, body: '' })
    expect((await refresh(id, wish)).status).toBe(503)
    world.deps.clock.advance(2 * minute)
    expect(await (await refresh(id, wish)).json()).toMatchObject({ renewed: true, generation: 2 })
  })

  test('that a program asks for again at once makes no call: the back-off holds for programs', async () => {
    const id = await connection()
    world.deps.clock.advance(2 * minute)
    world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 503, body: '' })
    const before = mints()
    const first = await (await refresh(id)).json()
    const answer = await refresh(id)
    const body = await answer.json()
    expect([answer.status, body.code, body.retry_at]).toEqual([503, 'provider_unreachable', first.retry_at])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(mints()).toBe(before + 1)
  })

  test('that is refused ends no grant: the provider is asked once more before that is believed', async () => {
    const id = await connection()
    world.deps.clock.advance(2 * minute)
    world.doorkeeper.state.tokenFaults.push({
      kind: 'status',
      status: 400,
      body: '{"error":"invalid_grant"}',
    })
    const answer = await refresh(id)
    expect([answer.status, (await answer.json()).code]).toEqual([502, 'provider_refused'])
    const row = await world.deps.db.connection.findUniqueOrThrow({ where: { id } })
    expect([row.needsReconnectAt, row.verdictAt]).toEqual([null, expect.any(Date)])
    world.deps.clock.advance(3 * minute)
    expect(await (await refresh(id)).json()).toMatchObject({ renewed: true, generation: 2 })
  })

  test('of a pair that was replaced meanwhile renews nothing', async () => {
    const id = await connection()
    world.deps.clock.advance(2 * minute)
    const before = mints()
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(id, sent({ generation: 1 }))))
    for (const answer of answers) expect(await answer.json()).toMatchObject({ renewed: true, generation: 2 })
    world.deps.clock.advance(2 * minute)
    expect(await (await refresh(id, sent({ generation: 1 }))).json()).toMatchObject({ generation: 2 })
    expect(mints()).toBe(before + 1)
    expect((await refresh(id, sent({ generation: 99 }))).status).toBe(409)
  })

  test('of a connection that has ended says so, whichever pair was meant', async () => {
    const id = await connection()
    world.deps.clock.advance(2 * minute)
    expect((await refresh(id, sent({ generation: 1 }))).status).toBe(200)
    await disconnectConnection(world.deps, world.admin, { connectionId: id })
    for (const generation of [1, 2]) {
      const answer = await refresh(id, sent({ generation }))
      expect([answer.status, (await answer.json()).code]).toEqual([409, 'connection_ended'])
    }
  })

  test('within a minute of Outreach’s last mint is 429 with the wait', async () => {
    const id = await connected(world, grace)
    const answer = await refresh(id)
    expect([answer.status, (await answer.json()).code]).toEqual([429, 'mint_throttled'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  })

  test.each([
    ['{"generation":', 400, 'body_invalid'],
    ['{"generation":"1"}', 400, 'body_invalid'],
    ['{"surprise":1}', 400, 'body_invalid'],
    ['[]', 400, 'body_invalid'],
    [`{"a":"${'x'.repeat(20_000)}"}`, 413, 'body_too_large'],
  ])('with the body %.30s is refused', async (body, status, code) => {
    const id = `con_${'0'.repeat(26)}`
    const answer = await refresh(id, { body, headers: { 'content-type': 'application/json' } })
    expect([answer.status, (await answer.json()).code]).toEqual([status, code])
  })

  test('needs its own scope, and JSON', async () => {
    const id = await connection()
    const reader = await makeKey(world.deps, world.admin, { scopes: ['tokens:read'] })
    expect((await refresh(id, {}, reader.key)).status).toBe(403)
    const answer = await refresh(id, { body: 'generation=1', headers: { 'content-type': 'text/plain' } })
    expect([answer.status, (await answer.json()).code]).toEqual([415, 'media_type_unsupported'])
  })
})

test('no answer or log line of all this holds a token or a key that it should not', () => {
  const log = world.logLines.join('\n')
  expect(log).not.toContain(key)
  for (const { access, refresh: kept } of world.doorkeeper.pairs) {
    expect(log).not.toContain(access)
    if (kept) expect(log).not.toContain(kept)
  }
})
