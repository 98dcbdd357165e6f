import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKey } from '../../../tests/machine-api'
import { revokeKey } from '../../api-keys/revoke-key'
import { keptBytesMax } from './request-body'
import { makeProxyWorld, type ProxyWorld, problemOf } from './test-proxy'

let proxy: ProxyWorld
let world: ProxyWorld['world']
let upstream: ProxyWorld['upstream']
let call: ProxyWorld['call']

beforeAll(async () => {
  proxy = await makeProxyWorld()
  ;({ world, upstream, call } = proxy)
})
afterAll(() => proxy.close())

describe('after a 401', () => {
  /** The provider takes only tokens newer than those it has given so far. */
  function refuseTokensOfNow() {
    const old = new Set(world.doorkeeper.pairs.map(({ access }) => access))
    const bodies: number[] = []
    upstream.answer = (request, response) => {
      let length = 0
      request.on('data', (chunk: Buffer) => {
        length += chunk.length
      })
      request.on('end', () => {
        bodies.push(length)
        const isOld = old.has(request.headers.authorization?.slice(7) ?? '')
        response.writeHead(isOld ? 401 : 200).end(isOld ? 'refused' : 'taken')
      })
    }
    return bodies
  }
  const refreshes = () => world.doorkeeper.tokenCalls('refresh_token').length

  test('the token is renewed once for all who were refused, and their calls are made again', async () => {
    const connection = await proxy.connectAnother()
    const before = refreshes()
    refuseTokensOfNow()
    const answers = await Promise.all(Array.from({ length: 12 }, () => call('api/v1/x', { connection })))
    expect(answers.map(({ body }) => String(body))).toEqual(Array(12).fill('taken'))
    expect(refreshes() - before).toBe(1)
  })

  test('a small body is sent again; a large one is not, and the next call has the new token', async () => {
    const connection = await proxy.connectAnother()
    let bodies = refuseTokensOfNow()
    const small = Buffer.alloc(keptBytesMax, 'x')
    const posted = await call('api/v1/x', { connection, method: 'POST', body: small })
    expect(String(posted.body)).toBe('taken')
    expect(bodies).toEqual([keptBytesMax, keptBytesMax])

    const other = await proxy.connectAnother()
    bodies = refuseTokensOfNow()
    const large = Buffer.alloc(keptBytesMax + 1, 'x')
    const refused = await call('api/v1/x', { connection: other, method: 'POST', body: large })
    expect(refused).toMatchObject({ status: 401, headers: { 'patchbay-answer': 'provider' } })
    expect(bodies).toEqual([keptBytesMax + 1])
    await expect.poll(async () => String((await call('api/v1/x', { connection: other })).body)).toBe('taken')
  })

  test('whose body is still on its way the call is made again all the same', async () => {
    const connection = await proxy.connectAnother()
    let calls = 0
    upstream.answer = (_request, response) => {
      calls += 1
      if (calls > 1) return void response.end('taken')
      response.writeHead(401)
      response.write('this goes on')
    }
    const answer = await call('api/v1/x', { connection })
    expect(answer).toMatchObject({ status: 200, isCut: false })
    expect(String(answer.body)).toBe('taken')
  })

  test('a second one is the caller’s affair, and costs no further token', async () => {
    const connection = await proxy.connectAnother()
    const before = refreshes()
    let calls = 0
    upstream.answer = (_request, response) => {
      calls += 1
      response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end('no')
    }
    const answer = await call('api/v1/x', { connection })
    expect(answer).toMatchObject({
      status: 401,
      headers: { 'patchbay-answer': 'provider', 'www-authenticate': 'Bearer error="invalid_token"' },
    })
    expect(calls).toBe(2)
    expect((await call('api/v1/x', { connection })).status).toBe(401)
    expect(calls).toBe(3)
    expect(refreshes() - before).toBe(1)
    const row = await world.deps.db.connection.findUniqueOrThrow({ where: { id: connection } })
    expect(row.ownStatus).toBe('healthy')
  })
})

describe('the rate limit', () => {
  async function limited(retryAfter: string) {
    let calls = 0
    upstream.answer = (_request, response) => {
      calls += 1
      response.writeHead(calls === 1 ? 429 : 200, { 'retry-after': retryAfter }).end('theirs')
    }
    const connection = await proxy.connectAnother()
    expect(await call('api/v1/x', { connection })).toMatchObject({
      status: 429,
      headers: { 'patchbay-answer': 'provider', 'retry-after': retryAfter },
    })
    return { connection, calls: () => calls }
  }

  test('a 429 of the provider is passed on; until its time the gateway answers by itself', async () => {
    const { connection, calls } = await limited('90')
    const held = await call('api/v1/x', { connection })
    expect(problemOf(held)).toMatchObject({ status: 429, code: 'rate_limited', reason: 'provider_said' })
    expect(Number(held.headers['retry-after'])).toBe(90)
    // Longer than the caller waits: it is told at once.
    const waiting = await call('api/v1/x', { connection, headers: { prefer: 'wait=5' } })
    expect(problemOf(waiting)).toMatchObject({ code: 'rate_limited' })
    expect(calls()).toBe(1)
  })

  test('a caller that prefers to wait is served when the time has come', async () => {
    const { connection, calls } = await limited('2')
    const waiting = call('api/v1/x', { connection, headers: { prefer: 'respond-async, wait=20' } })
    world.deps.clock.advance(3_000)
    expect(await waiting).toMatchObject({
      status: 200,
      headers: { 'patchbay-answer': 'provider', 'preference-applied': 'wait' },
    })
    expect(calls()).toBe(2)
  })

  test('an account that is suspended while its caller waits is not called', async () => {
    const { events, db, clock } = world.deps
    const { connection, calls } = await limited('2')
    const waiting = call('api/v1/x', { connection, headers: { prefer: 'wait=20' } })
    await db.connection.update({ where: { id: connection }, data: { suspendedAt: clock.now() } })
    const heard = new Promise<void>((resolve) => {
      const end = events.subscribe(({ id }) => {
        if (id !== 'the last news') return
        end()
        resolve()
      })
    })
    await events.publish({ topic: 'connection', id: connection })
    await events.publish({ topic: 'rate', id: 'the last news' })
    await heard
    clock.advance(3_000)
    expect(problemOf(await waiting)).toMatchObject({ code: 'connection_suspended' })
    expect(calls()).toBe(1)
  })

  test('a key that is revoked while its caller waits for a token calls nobody', async () => {
    const { deps, doorkeeper, admin } = world
    const connection = await proxy.connectAnother()
    deps.clock.advance(3 * 3_600_000)
    let calls = 0
    upstream.answer = (_request, response) => {
      calls += 1
      response.end()
    }
    const made = await makeKey(deps, admin)
    const before = doorkeeper.tokenCalls('refresh_token').length
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    doorkeeper.state.tokenFaults.push({ kind: 'held', until })
    const waiting = call('api/v1/x', { connection, key: made.key })
    await expect.poll(() => doorkeeper.tokenCalls('refresh_token').length).toBe(before + 1)
    await revokeKey(deps, admin, { keyId: made.id })
    deps.clock.advance(1_000)
    letGo()
    expect(problemOf(await waiting)).toMatchObject({ status: 401, code: 'key_invalid', reason: 'revoked' })
    expect(calls).toBe(0)
  })

  test('an answer that breaks off is counted as failed, one that its caller reads no further as it came', async () => {
    const connection = await proxy.connectAnother()
    let breakOff = () => {}
    upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('the first part')
      breakOff = () => response.destroy()
    }
    expect(await call('api/v1/x', { connection, onHead: () => breakOff() })).toMatchObject({ isCut: true })
    const leaving = new AbortController()
    const url = `${proxy.api.origin}/api/v1/proxy/${connection}/api/v1/x`
    const headers = { authorization: `Bearer ${proxy.key}` }
    await fetch(url, { headers, signal: leaving.signal })
    leaving.abort()
    const counted = async () => {
      await world.deps.usage.flush()
      const rows = await world.deps.db.usageMinute.findMany({ where: { connectionId: connection } })
      return rows.map(({ ok, failed }) => ({ ok, failed }))
    }
    await expect.poll(counted).toEqual([{ ok: 1, failed: 1 }])
  })

  test('each call is counted by connection, key and route, with its bytes; nothing secret is written', async () => {
    const connection = await proxy.connectAnother()
    upstream.answer = (request, response) => {
      request.resume().on('end', () => response.writeHead(201).end('12345'))
    }
    const keyed = await makeKey(world.deps, world.admin)
    const headers = { 'content-type': 'text/plain' }
    const post = { connection, key: keyed.key, method: 'POST', headers, body: 'abc' }
    await call('api/v1/people.json?q=hidden-in-the-query', post)
    await call('api/v1/people.json', post)
    const usage = async () => {
      await world.deps.usage.flush()
      return world.deps.db.usageMinute.findMany({ where: { connectionId: connection } })
    }
    // A call is counted at its end, which its caller may see first.
    await expect.poll(async () => (await usage()).reduce((sum, row) => sum + row.calls, 0)).toBe(2)
    const rows = await usage()
    expect(rows.reduce((sum, row) => sum + row.bytesUp, 0n)).toBe(6n)
    expect(rows.reduce((sum, row) => sum + row.bytesDown, 0n)).toBe(10n)
    expect(rows[0]).toMatchObject({ apiKeyId: keyed.id, method: 'POST' })
    expect(await world.deps.metrics.registry.metrics()).toContain(
      'patchbay_proxied_calls_total{provider="outstand",status="2xx"}',
    )
    const written = world.logLines.join('\n')
    expect(written).toContain('"purpose":"proxied call"')
    for (const secret of ['hidden-in-the-query', 'agreed-bypass', keyed.key, ...world.doorkeeper.secrets()])
      expect(written).not.toContain(secret)
  })
})
