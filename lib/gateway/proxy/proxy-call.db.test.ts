import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeKey } from '../../../tests/machine-api'
import { rawCall } from '../../../tests/raw-call'
import { makeProxyWorld, type ProxyWorld, problemOf } from './test-proxy'

let proxy: ProxyWorld
let world: ProxyWorld['world']
let upstream: ProxyWorld['upstream']
let api: ProxyWorld['api']
let connectionId: string
let key: string
let call: ProxyWorld['call']

beforeAll(async () => {
  proxy = await makeProxyWorld()
  ;({ world, upstream, api, connectionId, key, call } = proxy)
})
afterAll(() => proxy.close())

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
          x_ratelimit_bypass: 'forged',
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
      else if (request.url === '/api/205') response.writeHead(205, { 'content-length': '5' }).end('hello')
      else response.writeHead(request.url === '/api/204' ? 204 : 304, { etag: '"1"' }).end()
    }
    const head = await call('api/head', { method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, isCut: false, headers: { 'content-length': '77' } })
    expect((await call('api/204')).status).toBe(204)
    expect(await call('api/205')).toMatchObject({ isCut: false, headers: { 'content-length': '0' } })
    expect(await call('api/304')).toMatchObject({ status: 304, headers: { etag: '"1"' } })
  })

  test('is refused where its path is none of the API, and nothing is sent', async () => {
    let calls = 0
    upstream.answer = (_request, response) => {
      calls += 1
      response.end()
    }
    const paths = [
      'oauth/token',
      'api/%2e%2e/oauth/token',
      'api/..%2foauth/token',
      '/evil.example/api',
      // Tidied before it is looked at, each would be another operation, or a call of another connection.
      `../../connections/${connectionId}/token`,
      `api/v1/%2e%2e/%2E%2e/.%2e/${connectionId}/api/v1/people`,
    ]
    for (const path of paths) {
      const answer = await call(path)
      expect([answer.status, problemOf(answer).code]).toEqual([403, 'path_not_allowed'])
    }
    expect(calls).toBe(0)
  })

  test('arrives with path and query as they were written', async () => {
    const seen: (string | undefined)[] = []
    upstream.answer = (request, response) => {
      seen.push(request.url)
      response.end('{}')
    }
    const targets = [`api/v1/a%41b?filter[name]='O%20Brien'&q="x"&r={|}<>`, 'api/v1/people?next=/a/../b']
    for (const target of targets) expect((await call(target)).status).toBe(200)
    expect(seen).toEqual(targets.map((target) => `/${target}`))
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

  test('that offers another protocol is answered in this one, and the offer goes no further', async () => {
    const offers = [
      { upgrade: 'websocket' },
      { upgrade: 'h2c', 'http2-settings': 'AAMAAABkAARAAAAAAAIAAAAA' },
    ]
    const seen: IncomingHttpHeaders[] = []
    upstream.answer = (request, response) => {
      seen.push(request.headers)
      response.end('{}')
    }
    for (const offer of offers) {
      const headers = { ...offer, connection: 'Upgrade, HTTP2-Settings' }
      expect(await call('api/v1/x', { headers })).toMatchObject({ status: 200, isCut: false })
      const page = await rawCall(api.origin, { path: '/nowhere', headers })
      expect(page.status).toBe(418)
    }
    expect(seen).toHaveLength(2)
    for (const { upgrade, 'http2-settings': settings } of seen)
      expect([upgrade, settings]).toEqual([undefined, undefined])
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

  test('in a transfer coding that nobody undoes is refused, and the provider not called', async () => {
    const seen: unknown[] = []
    upstream.answer = (request, response) => {
      seen.push(request.url)
      response.end()
    }
    const socket = connect(api.port, '127.0.0.1')
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.write(
      `POST /api/v1/proxy/${connectionId}/api/v1/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n` +
        'transfer-encoding: gzip, chunked\r\nconnection: close\r\n\r\n5\r\nabcde\r\n0\r\n\r\n',
    )
    await new Promise((resolve) => socket.once('close', resolve))
    expect(text).toMatch(/^HTTP\/1.1 400 /)
    expect(text).toContain('body_invalid')
    expect(seen).toEqual([])
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
