import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MachineApi, makeKey, startMachineApi } from '../../../tests/machine-api'
import { startUpstream } from '../../../tests/proxy-upstream'
import { rawCall } from '../../../tests/raw-call'
import { ada, connected, makeWorld, type World } from '../../connections/test-world'
import { Secret } from '../../core/secret'
import { keptBytesMax } from './request-body'

let world: World
let api: MachineApi
let upstream: Awaited<ReturnType<typeof startUpstream>>
let connectionId: string
let key: string
let people = 500

beforeAll(async () => {
  world = await makeWorld({ provider: 'outstand' })
  connectionId = await connected(world, ada)
  upstream = await startUpstream(world)
  const { deps, appId } = world
  const bypass = deps.vault.seal(Secret.of('agreed-bypass'), {
    table: 'provider_app',
    rowId: appId,
    field: 'rate_limit_bypass_sealed',
  })
  await deps.db.providerApp.update({ where: { id: appId }, data: { rateLimitBypassSealed: bypass } })
  api = await startMachineApi(deps)
  key = (await makeKey(deps, world.admin)).key
})
afterAll(async () => {
  await api.close()
  await upstream.close()
  await world.close()
})

type Call = Omit<Parameters<typeof rawCall>[1], 'path'> & { path?: string; connection?: string; key?: string }

function call(path = 'api/v1/people', { connection = connectionId, ...more }: Call = {}) {
  return rawCall(api.origin, {
    ...more,
    path: `/api/v1/proxy/${connection}/${path}`,
    headers: { authorization: `Bearer ${more.key ?? key}`, ...more.headers },
  })
}

/** What the provider was sent by the next call. */
async function sentBy(calling: () => Promise<unknown>) {
  const sent = { method: '', url: '', headers: {} as Record<string, unknown>, body: '' }
  upstream.answer = async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    Object.assign(sent, { method: request.method, url: request.url, headers: request.headers, body })
    response.end('{}')
  }
  await calling()
  return sent
}

const problemOf = (answer: { headers: object; body: Buffer }) => {
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'patchbay-answer': 'gateway',
  })
  return JSON.parse(String(answer.body))
}

const tokenNow = () => world.doorkeeper.pairs.at(-1)?.access ?? ''

beforeEach(() => {
  upstream.answer = (_request, response) => response.end('{}')
})

describe('a call', () => {
  test('goes to the provider with the connection’s token, and its answer comes back as it is', async () => {
    const text = gzipSync('{"people":[]}')
    let authorization: string | undefined
    upstream.answer = (request, response) => {
      authorization = request.headers.authorization
      response.writeHead(206, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'content-range': 'bytes 0-9/100',
        etag: '"1"',
        link: ['</a>; rel=next', '</b>; rel=last'],
        location: 'https://elsewhere.example/',
        'content-length': text.length,
      })
      response.end(text)
    }
    const answer = await call()
    expect(authorization).toBe(`Bearer ${tokenNow()}`)
    expect(answer.status).toBe(206)
    expect(answer.body).toEqual(text)
    expect(answer.headers).toMatchObject({
      'patchbay-answer': 'provider',
      'patchbay-request-id': expect.any(String),
      'content-encoding': 'gzip',
      'content-range': 'bytes 0-9/100',
      etag: '"1"',
      link: '</a>; rel=next, </b>; rel=last',
      location: 'https://elsewhere.example/',
    })
  })

  test('carries what its caller sent, without what is for this hop or not theirs to say', async () => {
    const sent = await sentBy(() =>
      call('api/v1/people?filter[email]=a%40b.c&x=%2F', {
        method: 'PATCH',
        body: '{"a":1}',
        headers: {
          accept: 'application/json',
          'content-type': 'application/merge-patch+json',
          'content-length': 7,
          'idempotency-key': 'k-1',
          'if-none-match': '"1"',
          range: 'bytes=0-9',
          'user-agent': 'sync/1.0',
          connection: 'close, X-Hop',
          'x-hop': 'hop',
          te: 'trailers',
          'keep-alive': 'timeout=5',
          'proxy-authorization': 'Basic x',
          cookie: 'session=1',
          expect: '100-continue',
          prefer: 'wait=1',
          forwarded: 'for=10.0.0.1',
          'x-forwarded-for': '10.0.0.1',
          'x-forwarded-host': 'evil.example',
          'x-ratelimit-bypass': 'forged',
        },
      }),
    )
    expect(sent).toMatchObject({
      method: 'PATCH',
      url: '/api/v1/people?filter[email]=a%40b.c&x=%2F',
      body: '{"a":1}',
    })
    expect(sent.headers).toEqual({
      accept: 'application/json',
      authorization: `Bearer ${tokenNow()}`,
      'content-length': '7',
      'content-type': 'application/merge-patch+json',
      'idempotency-key': 'k-1',
      'if-none-match': '"1"',
      range: 'bytes=0-9',
      'user-agent': 'sync/1.0',
      'x-ratelimit-bypass': 'agreed-bypass',
      host: new URL(upstream.url).host,
      connection: 'keep-alive',
    })
  })

  test('gets no cookie, no header of one hop and none that speaks for the provider’s host', async () => {
    upstream.answer = (_request, response) => {
      response.writeHead(200, {
        'set-cookie': ['a=1', 'b=2'],
        connection: 'X-Hop',
        'x-hop': 'hop',
        'proxy-authenticate': 'Basic',
        trailer: 'x-sum',
        'strict-transport-security': 'max-age=1',
        'patchbay-answer': 'gateway',
        'x-ratelimit-remaining': '7',
      })
      response.end('{}')
    }
    const { headers } = await call()
    expect(headers).toMatchObject({ 'patchbay-answer': 'provider', 'x-ratelimit-remaining': '7' })
    const kept = Object.keys(headers)
    for (const name of ['set-cookie', 'x-hop', 'proxy-authenticate', 'trailer', 'strict-transport-security'])
      expect(kept).not.toContain(name)
  })

  test('has no body where HTTP has none', async () => {
    upstream.answer = (request, response) => {
      if (request.method === 'HEAD') response.writeHead(200, { 'content-length': '77' }).end()
      else response.writeHead(request.url === '/api/204' ? 204 : 304, { etag: '"1"' }).end()
    }
    const head = await call('api/head', { method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, isCut: false, headers: { 'content-length': '77' } })
    expect((await call('api/204')).status).toBe(204)
    expect(await call('api/304')).toMatchObject({ status: 304, headers: { etag: '"1"' } })
  })

  test('is refused where its path is none of the API, and nothing is sent', async () => {
    let calls = 0
    upstream.answer = (_request, response) => {
      calls += 1
      response.end()
    }
    const paths = ['oauth/token', 'api/%2e%2e/oauth/token', 'api/..%2foauth/token', '/evil.example/api']
    for (const path of paths) {
      const answer = await call(path)
      // The address may be tidied before the path is looked at: then it is no path of the proxy any more.
      expect([403, 404]).toContain(answer.status)
      expect(['path_not_allowed', 'path_unknown', 'not_found']).toContain(problemOf(answer).code)
    }
    expect(calls).toBe(0)
  })

  test('needs the scope, and a connection that the key reaches', async () => {
    const narrow = await makeKey(world.deps, world.admin, { scopes: ['tokens:read'] })
    expect(problemOf(await call('api/v1/people', { key: narrow.key }))).toMatchObject({
      code: 'scope_missing',
    })
    const other = await makeKey(world.deps, world.admin, { providers: ['envoy'] })
    expect(problemOf(await call('api/v1/people', { key: other.key }))).toMatchObject({ code: 'not_found' })
    const missing = await call('api/v1/people', { connection: `con_${'0'.repeat(26)}` })
    expect(problemOf(missing)).toMatchObject({ code: 'not_found' })
  })

  test('cannot become another protocol', async () => {
    const socket = connect(api.port, '127.0.0.1')
    socket.write(
      `GET /api/v1/proxy/${connectionId}/api/v1/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n` +
        'connection: upgrade\r\nupgrade: websocket\r\n\r\n',
    )
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    await new Promise((resolve) => socket.once('close', resolve))
    expect(text).toMatch(/^HTTP\/1.1 501 /)
  })
})

describe('a body', () => {
  test('streams both ways at the same time', async () => {
    upstream.answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      request.pipe(response)
    }
    const body = Buffer.alloc(3_000_000, 'abcdefg')
    const answer = await call('api/v1/echo', { method: 'PUT', body })
    expect(answer.isCut).toBe(false)
    expect(answer.body.equals(body)).toBe(true)
  })

  test('that the provider breaks off cuts the caller’s connection', async () => {
    let breakOff = () => {}
    upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      response.write('the first part')
      breakOff = () => response.destroy()
    }
    expect(await call('api/v1/x', { onHead: () => breakOff() })).toMatchObject({ status: 200, isCut: true })
    upstream.answer = (_request, response) => response.destroy()
    expect(problemOf(await call())).toMatchObject({ status: 502, code: 'provider_call_failed' })
  })

  test('that its caller breaks off never looks whole to the provider', async () => {
    const seen: boolean[] = []
    let leave = () => {}
    upstream.answer = (request) => {
      request.on('data', () => leave())
      request.on('close', () => seen.push(request.complete))
    }
    const socket = connect(api.port, '127.0.0.1')
    leave = () => socket.destroy()
    socket.write(
      `POST /api/v1/proxy/${connectionId}/api/v1/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n` +
        'transfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n',
    )
    await expect.poll(() => seen).toEqual([false])
  })

  test('that nobody waits for any more is not fetched on', async () => {
    let closed = false
    upstream.answer = (_request, response) => {
      response.on('close', () => {
        closed = true
      })
      response.write('begun')
    }
    const leaving = new AbortController()
    const answer = await api.ask(`/api/v1/proxy/${connectionId}/api/v1/x`, key, { signal: leaving.signal })
    expect(answer.status).toBe(200)
    leaving.abort()
    await expect.poll(() => closed).toBe(true)
  })

  test('is asked for with 100 Continue', async () => {
    upstream.answer = (request, response) => {
      request.resume().on('end', () => response.end('whole'))
    }
    const socket = connect(api.port, '127.0.0.1')
    let text = ''
    socket.on('data', (data) => {
      if (text === '') socket.write('hello')
      text += data
    })
    socket.write(
      `POST /api/v1/proxy/${connectionId}/api/v1/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n` +
        'expect: 100-continue\r\ncontent-length: 5\r\nconnection: close\r\n\r\n',
    )
    await new Promise((resolve) => socket.once('close', resolve))
    expect(text).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /)
    expect(text).toContain('whole')
  })
})

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
  /** A connection of its own, so that an earlier test's renewal does not count. */
  function fresh(): Promise<string> {
    people += 1
    return connected(world, { ...ada, id: people, email: `p${people}@example.com` })
  }

  test('the token is renewed once for all who were refused, and their calls are made again', async () => {
    const connection = await fresh()
    const before = refreshes()
    refuseTokensOfNow()
    const answers = await Promise.all(Array.from({ length: 12 }, () => call('api/v1/x', { connection })))
    expect(answers.map(({ body }) => String(body))).toEqual(Array(12).fill('taken'))
    expect(refreshes() - before).toBe(1)
  })

  test('a small body is sent again; a large one is not, and the next call has the new token', async () => {
    const connection = await fresh()
    let bodies = refuseTokensOfNow()
    const small = Buffer.alloc(keptBytesMax, 'x')
    const posted = await call('api/v1/x', { connection, method: 'POST', body: small })
    expect(String(posted.body)).toBe('taken')
    expect(bodies).toEqual([keptBytesMax, keptBytesMax])

    const other = await fresh()
    bodies = refuseTokensOfNow()
    const large = Buffer.alloc(keptBytesMax + 1, 'x')
    const refused = await call('api/v1/x', { connection: other, method: 'POST', body: large })
    expect(refused).toMatchObject({ status: 401, headers: { 'patchbay-answer': 'provider' } })
    expect(bodies).toEqual([keptBytesMax + 1])
    await expect.poll(async () => String((await call('api/v1/x', { connection: other })).body)).toBe('taken')
  })

  test('a second one is the caller’s affair, and costs no further token', async () => {
    const connection = await fresh()
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
    people += 1
    const connection = await connected(world, { ...ada, id: people, email: `p${people}@example.com` })
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

  test('each call is counted by connection, key and route, with its bytes; nothing secret is written', async () => {
    people += 1
    const connection = await connected(world, { ...ada, id: people, email: `p${people}@example.com` })
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
