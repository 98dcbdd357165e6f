import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { presenceOf } from '../core/presence'
import { createLogger } from '../telemetry/logger'
import type { StreamAnswer, StreamEnd, StreamFailure, StreamRequest } from './stream-client'
import { createHttpClient } from './undici-http-client'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

/** A server that says exactly these bytes to each connection, and breaks it off after them where told. */
async function listenTcp(handler: (socket: Socket) => void): Promise<URL> {
  const sockets: Socket[] = []
  const server = createTcpServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    handler(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

function client() {
  const lines: string[] = []
  const log = createLogger('debug', { write: (line: string) => void lines.push(line) })
  const http = createHttpClient({ log })
  closers.push(() => http.close())
  return { http, lines }
}

/** A call and the news of its end. */
function call(host: URL, more: Partial<StreamRequest> = {}) {
  const ends: StreamEnd[] = []
  const request: StreamRequest = {
    method: 'GET',
    host,
    path: '/',
    allowedOrigins: [host.origin],
    headers: {},
    body: null,
    headersTimeoutMs: 20_000,
    idleTimeoutMs: 20_000,
    purpose: 'test',
    onEnd: (end) => void ends.push(end),
    ...more,
  }
  return { request, ends, ended: () => expect.poll(() => ends).toHaveLength(1) }
}

async function textOf(body: Uint8Array | ReadableStream<Uint8Array> | null): Promise<string> {
  return body === null ? '' : new Response(body as BodyInit).text()
}

function streamOf(answer: StreamAnswer | StreamFailure): ReadableStream<Uint8Array> {
  if (answer.kind !== 'answer' || !(answer.body instanceof ReadableStream))
    throw new Error('the answer is no stream')
  return answer.body
}

describe('answers', () => {
  it('gives what is there at once as bytes, and anything else as a stream', async () => {
    let goOn = () => {}
    const host = await listen((request, response) => {
      if (request.url === '/small') return void response.end('whole')
      response.write('first ')
      goOn = () => response.end('second')
    })
    const { http } = client()
    const small = await http.stream(call(host, { path: '/small' }).request)
    expect(small).toMatchObject({ kind: 'answer', status: 200, headers: { 'content-length': '5' } })
    expect(small.kind === 'answer' && small.body).toBeInstanceOf(Uint8Array)
    const large = await http.stream(call(host, { path: '/large' }).request)
    goOn()
    expect(large.kind === 'answer' && (await textOf(streamOf(large)))).toBe('first second')
  })

  it('sends path and query as they are, and any method', async () => {
    const seen: string[] = []
    const host = await listen((request, response) => {
      seen.push(`${request.method} ${request.url}`)
      response.end()
    })
    const { http } = client()
    await http.stream(call(host, { path: '/a%2Fb/%7e?page[size]=1&q=%20', method: 'PROPFIND' }).request)
    expect(seen).toEqual(['PROPFIND /a%2Fb/%7e?page[size]=1&q=%20'])
  })

  it('gives no body where HTTP has none, and passes informational answers by', async () => {
    const host = await listen((request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' })
      if (request.url === '/head') response.writeHead(200, { 'content-length': '77' }).end()
      else response.writeHead(request.url === '/204' ? 204 : 304).end()
    })
    const { http } = client()
    const head = await http.stream(call(host, { path: '/head', method: 'HEAD' }).request)
    expect(head).toMatchObject({ status: 200, body: null, headers: { 'content-length': '77' } })
    expect(await http.stream(call(host, { path: '/204' }).request)).toMatchObject({ status: 204, body: null })
    expect(await http.stream(call(host, { path: '/304' }).request)).toMatchObject({ status: 304, body: null })
  })

  it.each([
    ['a length', 'content-length: 100000', 'x'.repeat(2000)],
    ['chunks', 'transfer-encoding: chunked', '7d0\r\n'.concat('x'.repeat(2000), '\r\n')],
  ])('ends with an error where the server breaks off an answer with %s', async (_words, header, part) => {
    let breakOff = () => {}
    const host = await listenTcp((socket) =>
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n${part}`)
        breakOff = () => socket.destroy()
      }),
    )
    const { http, lines } = client()
    const broken = call(host)
    const answer = await http.stream(broken.request)
    breakOff()
    await expect(textOf(streamOf(answer))).rejects.toThrow()
    await broken.ended()
    expect(broken.ends[0]).toMatchObject({ status: 200, failure: 'network', bytesDown: 2000 })
    expect(lines.join()).toContain('outbound call broken off')
  })

  it('reads from the server no faster than its reader does', async () => {
    let written = 0
    let isWaiting = false
    const chunk = Buffer.alloc(64 * 1024)
    const host = await listen((_request, response) => {
      const more = (): void => {
        while (written < 800 && response.write(chunk)) written += 1
        isWaiting = written < 800
        if (written < 800) {
          written += 1
          response.once('drain', more)
        } else response.end()
      }
      more()
    })
    const slow = call(host)
    const answer = await client().http.stream(slow.request)
    const reader = streamOf(answer).getReader()
    await expect.poll(() => isWaiting).toBe(true)
    const first = await reader.read()
    expect(first.done).toBe(false)
    // What the kernel holds for both ends, and no more: 50 MB are to come.
    expect(written * chunk.length).toBeLessThan(25_000_000)
    let length = first.value?.byteLength ?? 0
    for (let part = await reader.read(); !part.done; part = await reader.read())
      length += part.value.byteLength
    await slow.ended()
    expect(slow.ends[0]).toMatchObject({ failure: null, bytesDown: length })
  })
})

describe('requests', () => {
  it('streams a body out, no faster than the server reads it', async () => {
    const chunk = new Uint8Array(64 * 1024)
    let pulled = 0
    let goOn = () => {}
    let taken = 0
    const host = await listen((request, response) => {
      goOn = () => {
        request.on('data', (data: Buffer) => {
          taken += data.length
        })
        request.on('end', () => response.end(String(taken)))
      }
    })
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (pulled === 800) return controller.close()
          pulled += 1
          controller.enqueue(chunk)
        },
      },
      { highWaterMark: 0 },
    )
    const upload = call(host, { method: 'PUT', body })
    const answering = client().http.stream(upload.request)
    let before = -1
    const isStill = () => {
      const still = pulled > 0 && pulled === before
      before = pulled
      return still
    }
    await expect.poll(isStill, { interval: 200 }).toBe(true)
    expect(pulled * chunk.length).toBeLessThan(25_000_000)
    goOn()
    const answer = await answering
    expect(answer.kind === 'answer' && (await textOf(answer.body))).toBe(String(800 * chunk.length))
    expect(upload.ends[0]).toMatchObject({ bytesUp: 800 * chunk.length })
  })

  it('never lets a body that broke off look whole', async () => {
    const seen: { text: string; isWhole: boolean }[] = []
    let breakOff = () => {}
    const host = await listen((request) => {
      let text = ''
      request.on('data', (data: Buffer) => {
        text += data
        breakOff()
      })
      request.on('error', () => {})
      request.on('close', () => seen.push({ text, isWhole: request.complete }))
    })
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('a part'))
        breakOff = () => controller.error(new Error('gone'))
      },
    })
    const upload = call(host, { method: 'POST', body })
    expect(await client().http.stream(upload.request)).toMatchObject({
      kind: 'no_answer',
      reason: 'caller_gone',
    })
    await expect.poll(() => seen).toHaveLength(1)
    expect(seen[0]?.isWhole).toBe(false)
  })

  it('gives an answer that comes before the body has gone out', async () => {
    const host = await listen((_request, response) => {
      response.writeHead(413, { connection: 'close' }).end('too large')
    })
    const body = new ReadableStream<Uint8Array>(
      { pull: (controller) => controller.enqueue(new Uint8Array(1024)) },
      { highWaterMark: 0 },
    )
    const { http } = client()
    const early = call(host, { method: 'POST', body })
    const answer = await http.stream(early.request)
    expect(answer).toMatchObject({ kind: 'answer', status: 413 })
    expect(answer.kind === 'answer' && (await textOf(answer.body))).toBe('too large')
    await early.ended()
    expect(await http.stream(call(host).request)).toMatchObject({ status: 413 })
  })
})

describe('ends', () => {
  it('ends the call at the server when its reader stops, or whoever asked goes', async () => {
    let closed = 0
    const host = await listen((_request, response) => {
      response.on('close', () => {
        closed += 1
      })
      response.write('begun')
    })
    const { http, lines } = client()
    const stopped = call(host)
    await streamOf(await http.stream(stopped.request)).cancel()
    await stopped.ended()
    const leaving = new AbortController()
    const left = call(host, { presence: presenceOf(leaving.signal) })
    const answer = await http.stream(left.request)
    leaving.abort()
    await expect(textOf(streamOf(answer))).rejects.toThrow()
    expect(left.ends).toMatchObject([{ failure: 'caller_gone' }])
    await expect.poll(() => closed).toBe(2)
    expect(await http.stream(call(host, { presence: presenceOf(leaving.signal) }).request)).toMatchObject({
      reason: 'caller_gone',
      maybeSent: false,
    })
    expect(lines.join()).toContain('"reason":"caller_gone"')
  })

  it('waits for the head, and between chunks, only as long as it was told', async () => {
    let arrived = 0
    const host = await listen((request, response) => {
      arrived += 1
      if (request.url === '/chunk') response.write('one')
    })
    const { http } = client()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    closers.push(() => vi.useRealTimers())
    const silent = http.stream(call(host, { headersTimeoutMs: 100 }).request)
    await expect.poll(() => arrived).toBe(1)
    vi.advanceTimersByTime(100)
    vi.useRealTimers()
    expect(await silent).toMatchObject({ reason: 'timeout', maybeSent: true })
    const idle = call(host, { path: '/chunk', idleTimeoutMs: 100 })
    const answer = await http.stream(idle.request)
    await expect(textOf(streamOf(answer))).rejects.toThrow()
    expect(idle.ends).toMatchObject([{ status: 200, failure: 'timeout' }])
    const hanging = call(host, { method: 'POST', body: new ReadableStream(), idleTimeoutMs: 100 })
    expect(await http.stream(hanging.request)).toMatchObject({ reason: 'timeout' })
  })

  it('ends what runs when the client is closed', async () => {
    const host = await listen((_request, response) => void response.write('begun'))
    const http = createHttpClient({ log: createLogger('silent') })
    const answer = await http.stream(call(host).request)
    await http.close()
    await expect(textOf(streamOf(answer))).rejects.toThrow()
  })

  it('calls no host but those it was allowed, and writes no query to the log', async () => {
    const host = await listen((_request, response) => response.end())
    const { http, lines } = client()
    expect(await http.stream(call(host, { allowedOrigins: [] }).request)).toMatchObject({
      reason: 'host_not_allowed',
      maybeSent: false,
    })
    await http.stream(
      call(host, { path: '/people?email=ada@example.com', facts: { connectionId: 'c' } }).request,
    )
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ path: '/people', status: 200, connectionId: 'c' })
    expect(lines.join()).not.toContain('ada@')
  })
})
