import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../telemetry/logger'
import type { OutboundRequest } from './http-client'
import { createHttpClient } from './undici-http-client'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
  const server: Server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

async function listenTcp(scheme: 'http' | 'https', handler: (socket: Socket) => void): Promise<URL> {
  const sockets: Socket[] = []
  const server = createTcpServer((socket) => {
    sockets.push(socket)
    handler(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return new URL(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

function client() {
  const lines: string[] = []
  const log = createLogger('debug', { write: (line: string) => void lines.push(line) })
  const http = createHttpClient({ log })
  closers.push(() => http.close())
  return { http, lines }
}

function get(url: URL, more: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'GET', url, allowedOrigins: [url.origin], timeoutMs: 30_000, purpose: 'test', ...more }
}

function signal() {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { give: () => give(), given }
}

/** Deadlines of calls that begin from now on pass when a test says so, however slow the machine is. */
function heldDeadline() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  closers.push(() => vi.useRealTimers())
  return { pass: () => void vi.advanceTimersByTime(30_000) }
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

describe('answers', () => {
  it('gives status, headers and text of whatever came: JSON, HTML, nothing', async () => {
    const url = await listen((request, response) => {
      if (request.url === '/html')
        response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
      else if (request.url === '/nothing') response.writeHead(204).end()
      else response.writeHead(200, { 'x-one': '1', 'content-type': 'application/json' }).end('{"é":1}')
    })
    const { http } = client()
    const json = await http.send(get(url))
    expect(json).toMatchObject({ kind: 'answer', status: 200, text: '{"é":1}' })
    expect(json.kind === 'answer' && json.headers.get('X-One')).toBe('1')
    expect(await http.send(get(new URL('/html', url)))).toMatchObject({
      status: 502,
      text: '<h1>Bad gateway</h1>',
    })
    expect(await http.send(get(new URL('/nothing', url)))).toMatchObject({ status: 204, text: '' })
  })

  it('hands a redirect back instead of following it', async () => {
    const seen: (string | undefined)[] = []
    const url = await listen((request, response) => {
      seen.push(request.url)
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    const answer = await client().http.send(get(url))
    expect(answer).toMatchObject({ kind: 'answer', status: 302 })
    expect(seen).toEqual(['/'])
  })

  it('joins repeated headers as the fetch standard does', async () => {
    const url = await listen((_request, response) => {
      response.setHeader('x-ratelimit-remaining', ['9999', '249999'])
      response.end()
    })
    const answer = await client().http.send(get(url))
    expect(answer.kind === 'answer' && answer.headers.get('x-ratelimit-remaining')).toBe('9999, 249999')
  })

  it('opens a body that was compressed though nobody asked', async () => {
    const url = await listen((request, response) => {
      const gzip = request.url === '/gzip'
      response.setHeader('content-encoding', gzip ? 'gzip' : 'br')
      response.end(gzip ? gzipSync('{"a":1}') : brotliCompressSync('{"a":1}'))
    })
    const { http } = client()
    expect(await http.send(get(new URL('/gzip', url)))).toMatchObject({ text: '{"a":1}' })
    expect(await http.send(get(new URL('/br', url)))).toMatchObject({ text: '{"a":1}' })
  })

  it('uses connections again', async () => {
    const ports = new Set<number | undefined>()
    const url = await listen((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('ok')
    })
    const { http } = client()
    for (let call = 0; call < 8; call += 1) expect(await http.send(get(url))).toMatchObject({ status: 200 })
    // A pool may open a second one while the first still hands its answer over.
    expect(ports.size).toBeLessThanOrEqual(2)
  })
})

describe('bodies', () => {
  it('writes form, JSON and multipart so that every character arrives', async () => {
    const value = 'a+b/c=d&e%f g"é\n'
    const seen: { type: string; length: string | undefined; text: string }[] = []
    const url = await listen(async (request, response) => {
      const text = await readAll(request)
      seen.push({
        type: request.headers['content-type'] ?? '',
        length: request.headers['content-length'],
        text,
      })
      response.end()
    })
    const { http } = client()
    const bodies: OutboundRequest['body'][] = [
      { form: new URLSearchParams({ secret: value }) },
      { json: { secret: value } },
      { multipart: { secret: value, grant_type: 'plugin_install' } },
    ]
    for (const body of bodies) {
      expect(await http.send(get(url, { method: 'POST', body }))).toMatchObject({ status: 200 })
    }
    const [form, json, multipart] = seen
    expect(form?.type).toBe('application/x-www-form-urlencoded')
    expect(new URLSearchParams(form?.text).get('secret')).toBe(value)
    expect(json?.type).toBe('application/json')
    expect(JSON.parse(json?.text ?? '')).toEqual({ secret: value })
    const parsed = await new Response(multipart?.text, {
      headers: { 'content-type': multipart?.type ?? '' },
    }).formData()
    // A multipart field normalises line breaks to CRLF (HTML, "multipart/form-data").
    expect(parsed.get('secret')).toBe(value.replace('\n', '\r\n'))
    expect(parsed.get('grant_type')).toBe('plugin_install')
    for (const one of seen) expect(Number(one.length)).toBe(Buffer.byteLength(one.text))
  })

  it('sends a POST without a body as one with length 0', async () => {
    const lengths: (string | undefined)[] = []
    const url = await listen((request, response) => {
      lengths.push(request.headers['content-length'])
      response.end()
    })
    await client().http.send(get(url, { method: 'POST' }))
    expect(lengths).toEqual(['0'])
  })
})

describe('limits', () => {
  it('stops at the size cap, announced or not, and after decompression too', async () => {
    const big = 'x'.repeat(5 * 1024 * 1024)
    const url = await listen((request, response) => {
      if (request.url === '/announced') response.end(big)
      else if (request.url === '/bomb')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(big))
      else {
        response.writeHead(200, { 'transfer-encoding': 'chunked' })
        for (let at = 0; at < big.length; at += 65_536) response.write(big.slice(at, at + 65_536))
        response.end()
      }
    })
    const { http } = client()
    for (const path of ['/announced', '/bomb', '/chunked']) {
      expect(await http.send(get(new URL(path, url)))).toMatchObject({
        kind: 'no_answer',
        reason: 'too_large',
        maybeSent: true,
      })
    }
    const raised = await http.send(get(new URL('/chunked', url), { bytesMax: big.length }))
    expect(raised.kind === 'answer' && raised.text.length).toBe(big.length)
  })

  it('ends at the deadline when nothing is answered, and says the request may have arrived', async () => {
    const arrived = signal()
    const url = await listen(arrived.give)
    const deadline = heldDeadline()
    const answer = client().http.send(get(url))
    await arrived.given
    deadline.pass()
    expect(await answer).toMatchObject({ kind: 'no_answer', reason: 'timeout', maybeSent: true })
  })

  it('counts the deadline to the last byte: a slow drip does not stretch it', async () => {
    const dripped = signal()
    const url = await listen((_request, response) => {
      response.writeHead(200)
      let drops = 0
      const drip = setInterval(() => {
        response.write('.')
        drops += 1
        if (drops === 5) dripped.give()
      }, 10)
      response.on('close', () => clearInterval(drip))
    })
    const deadline = heldDeadline()
    const answer = client().http.send(get(url))
    await dripped.given
    deadline.pass()
    expect(await answer).toMatchObject({ reason: 'timeout', maybeSent: true })
  })
})

describe('calls without an answer', () => {
  it('were never sent when the connection is refused or the name is unknown', async () => {
    const { http } = client()
    const closed = await listen(() => undefined)
    await closers.pop()?.()
    await http.close()
    const again = client()
    expect(await again.http.send(get(closed))).toMatchObject({
      kind: 'no_answer',
      reason: 'network',
      maybeSent: false,
      words: `${closed.host} refused the connection.`,
    })
    const unknown = await again.http.send(get(new URL('https://nowhere.invalid/')))
    expect(unknown).toMatchObject({ kind: 'no_answer', reason: 'network', maybeSent: false })
  })

  it('may have been sent when the socket dies before or inside the answer', async () => {
    const url = await listen((request, response) => {
      if (request.url === '/inside') {
        response.writeHead(200, { 'content-length': '100' }).write('half')
        setImmediate(() => request.socket.destroy())
      } else request.socket.destroy()
    })
    const { http } = client()
    for (const path of ['/before', '/inside'])
      expect(await http.send(get(new URL(path, url)))).toMatchObject({
        kind: 'no_answer',
        reason: 'network',
        maybeSent: true,
      })
  })

  it('were never sent when the deadline passes before a connection stands', async () => {
    const written: string[] = []
    const url = await listenTcp('https', (socket) => socket.on('data', (data) => written.push(String(data))))
    // TLS to a server that never speaks it: connected, but no session and so no request.
    const answer = await client().http.send(get(url, { timeoutMs: 100 }))
    expect(answer).toMatchObject({ kind: 'no_answer', reason: 'timeout', maybeSent: false })
    expect(written.join('')).not.toContain('GET /')
  })

  it('do not reject on headers that cannot be written', async () => {
    const url = await listen((_request, response) => response.end())
    const answer = await client().http.send(get(url, { headers: { authorization: 'Bearer a\nb' } }))
    expect(answer).toMatchObject({ kind: 'no_answer', reason: 'network', maybeSent: false })
  })

  it('do not reject on an answer that is not HTTP or a broken gzip', async () => {
    const url = await listenTcp('http', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    const { http } = client()
    expect(await http.send(get(url))).toMatchObject({ kind: 'no_answer', reason: 'network', maybeSent: true })
    const broken = await listen((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all')
    })
    expect(await http.send(get(broken))).toMatchObject({ kind: 'no_answer', maybeSent: true })
  })
})

describe('hosts', () => {
  it('are only those of the call; the request goes nowhere else', async () => {
    let calls = 0
    const url = await listen((_request, response) => {
      calls += 1
      response.end()
    })
    const { http } = client()
    const refused = { kind: 'no_answer', reason: 'host_not_allowed', maybeSent: false }
    expect(await http.send(get(url, { allowedOrigins: [] }))).toMatchObject(refused)
    expect(await http.send(get(url, { allowedOrigins: ['https://api.example.com'] }))).toMatchObject(refused)
    const otherPort = `http://127.0.0.1:${Number(url.port) + 1}`
    expect(await http.send(get(url, { allowedOrigins: [otherPort] }))).toMatchObject(refused)
    const withUser = new URL(`http://user:pass@${url.host}/`)
    expect(await http.send(get(withUser))).toMatchObject(refused)
    const plain = new URL('http://provider.example/')
    expect(await http.send(get(plain))).toMatchObject(refused)
    const file = new URL('file:///etc/passwd')
    expect(await http.send(get(file, { allowedOrigins: ['null'] }))).toMatchObject(refused)
    expect(calls).toBe(0)
  })
})

describe('closing', () => {
  it('lets a call that runs come to its answer, and sends none afterwards', async () => {
    let arrived = () => {}
    const sent = new Promise<void>((resolve) => {
      arrived = resolve
    })
    let answer = () => {}
    const url = await listen((_request, response) => {
      answer = () => response.end('late')
      arrived()
    })
    const { http } = client()
    const running = http.send(get(url))
    await sent
    const closed = http.close()
    answer()
    expect(await running).toMatchObject({ kind: 'answer', text: 'late' })
    await closed
    expect(await http.send(get(url))).toMatchObject({ kind: 'no_answer', maybeSent: false })
  })
})

describe('the log', () => {
  it('has purpose, host, path and status, and none of the secrets in path, query, headers or body', async () => {
    const url = await listen((_request, response) => response.end('{"access_token":"answerSecret"}'))
    const { http, lines } = client()
    await http.send(
      get(new URL('/api/app/installs/short/actions/setupToken?code=querySecret', url), {
        method: 'POST',
        purpose: 'validate setup token',
        pathTemplate: '/api/app/installs/{setupToken}/actions/setupToken',
        headers: { authorization: 'Bearer headerSecret' },
        body: { form: new URLSearchParams({ client_secret: 'bodySecret' }) },
      }),
    )
    await http.send(get(new URL('/api/v1/installs/0f3b5c-77/things/Ab12Cd34', url)))
    expect(lines).toHaveLength(2)
    const [first, second] = lines.map((line) => JSON.parse(line))
    expect(first).toMatchObject({
      purpose: 'validate setup token',
      host: url.host,
      path: '/api/app/installs/{setupToken}/actions/setupToken',
      status: 200,
    })
    expect(first.ms).toEqual(expect.any(Number))
    expect(second.path).toBe('/api/v1/installs/{…}/things/{…}')
    const everything = lines.join('')
    for (const secret of ['short', 'querySecret', 'headerSecret', 'bodySecret', 'answerSecret', '0f3b5c'])
      expect(everything).not.toContain(secret)
  })
})
