import { once } from 'node:events'
import { createServer, get, type IncomingMessage, request as open, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeQueuedAnswers } from './close-queued-answers'
import { createHttpDrain, type HttpDrain } from './http-drain'

let server: ReturnType<typeof createServer>
let drain: HttpDrain
let port: number
let held: ServerResponse[]

beforeEach(async () => {
  held = []
  server = createServer()
  closeQueuedAnswers(server)
  drain = createHttpDrain(server, (request) => request.url === '/aside')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    drain.enter(request, response)
    if (request.url === '/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': open\n\n')
    } else if (request.url === '/slow' || request.url === slowCall) held.push(response)
    else response.end('done')
    server.emit('seen')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** Of a program. */
const slowCall = '/api/v1/slow'

async function answer(path: string): Promise<string> {
  const request = get({
    port,
    path,
    agent: false,
    headers: { accept: path === '/stream' || path === slowCall ? 'text/event-stream' : '*/*' },
  })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part
  return text
}

async function began(path: string): Promise<Promise<string>[]> {
  const seen = once(server, 'seen')
  const text = answer(path)
  await seen
  return [text]
}

describe('a drain', () => {
  it('lets a running request finish and answers new ones meanwhile', async () => {
    const [slow] = await began('/slow')
    const drained = drain.drain(60_000)
    expect(drain.draining).toBe(true)
    expect(await answer('/aside')).toBe('done')
    held[0]?.end('finished')
    expect(await slow).toBe('finished')
    await drained
    await expect(answer('/')).rejects.toThrow(/ECONNREFUSED/)
  })

  it('ends event streams, which would hold it for ever', async () => {
    const [stream] = await began('/stream')
    await drain.drain(60_000)
    expect(await stream).toBe(': open\n\n')
  })

  it('lets a program’s call finish, whatever it accepts', async () => {
    const [slow] = await began(slowCall)
    const drained = drain.drain(60_000)
    expect(await answer('/aside')).toBe('done')
    held[0]?.end('finished')
    expect(await slow).toBe('finished')
    await drained
  })

  it('closes idle sockets', async () => {
    const idle = connect(port, '127.0.0.1')
    idle.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    await once(idle, 'data')
    const ended = once(idle, 'close')
    await drain.drain(60_000)
    await ended
  })

  it('closes sockets that never sent a request, as browsers open them ahead', async () => {
    const ahead = connect(port, '127.0.0.1')
    await once(server, 'connection')
    const ended = once(ahead.resume(), 'close')
    await drain.drain(60_000)
    await ended
  })

  it('closes upgraded sockets', async () => {
    server.on('upgrade', (_request, socket) =>
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: test\r\n\r\n`),
    )
    const request = open({ port, headers: { connection: 'Upgrade', upgrade: 'test' } })
    request.end()
    const [, socket] = await once(request, 'upgrade')
    socket.resume()
    const ended = once(socket, 'close')
    await drain.drain(60_000)
    await ended
  })

  it('cuts what is not done in time', async () => {
    const [slow] = await began('/slow')
    const cut = expect(slow).rejects.toThrow()
    await drain.drain(100)
    await cut
  })

  it('does not wait for answers that a client which has gone had sent ahead for', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3))
    while (held.length < 3) await once(server, 'seen')
    socket.destroy()
    await drain.drain(60_000)
  })
})
