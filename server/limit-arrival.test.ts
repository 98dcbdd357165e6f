import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { headTimeouts, limitArrival } from './limit-arrival'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A server with the product's timeouts, made short; it answers when the body is whole. */
async function slowServer(limitMs: number, headersTimeout = 60_000): Promise<number> {
  const server = createServer(
    { ...headTimeouts, headersTimeout, connectionsCheckingInterval: 100 },
    (request, response) => {
      limitArrival(request, (request.url ?? '').split('?', 1)[0] ?? '', limitMs)
      request.on('error', () => {})
      if (request.url === '/unread') return void setTimeout(() => response.end('unread'), 2 * limitMs)
      request.resume().on('end', () => response.end('whole'))
    },
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** What a server says to a connection until it is cut. */
async function said(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (data) => {
    text += data
  })
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('close', resolve))
  return text
}

function send(port: number, ...parts: string[]): Socket {
  const socket = connect(port, '127.0.0.1')
  for (const part of parts) socket.write(part)
  return socket
}

const head = (path: string, length: string) => `POST ${path} HTTP/1.1\r\nhost: x\r\n${length}\r\n\r\n`

describe('a request', () => {
  it('whose head does not come to its end is cut', async () => {
    const socket = send(await slowServer(60_000, 300), 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: ')
    expect(await said(socket)).toMatch(/^HTTP\/1.1 408 /)
  })

  it('whose body does not come to its end is cut', async () => {
    const port = await slowServer(200)
    expect(await said(send(port, head('/api/callback', 'content-length: 5'), 'abc'))).toMatch(
      /^HTTP\/1.1 408 /,
    )
    expect(await said(send(port, head('/', 'transfer-encoding: chunked'), '1\r\na\r\n'))).toMatch(/ 408 /)
  })

  it('with a small body is cut on the way to the proxy too: it is read whole', async () => {
    const socket = send(await slowServer(200), head('/api/v1/proxy/con/api', 'content-length: 5'), 'abc')
    expect(await said(socket)).toMatch(/^HTTP\/1.1 408 /)
  })

  it.each([
    ['content-length: 300000', 'x'.repeat(300_000)],
    ['transfer-encoding: chunked', '1\r\na\r\n0\r\n\r\n'],
  ])('that the proxy streams (%s) takes as long as it takes', async (length, body) => {
    const port = await slowServer(100)
    const streamed = send(port, head('/api/v1/proxy/con/api', length))
    const answer = new Promise((resolve) => streamed.once('data', (data) => resolve(String(data))))
    // Another one that began later is cut: the first has outlived the limit by then.
    await said(send(port, head('/', 'content-length: 5'), 'abc'))
    streamed.write(body)
    expect(await answer).toMatch(/^HTTP\/1.1 200 /)
    streamed.destroy()
  })

  it('that arrived in time is answered, however long that takes', async () => {
    const port = await slowServer(60_000)
    const socket = send(port, head('/', 'content-length: 3\r\nconnection: close'), 'abc')
    expect(await said(socket)).toMatch(/whole$/)
  })

  it('whose body nobody reads is answered too, if it arrived in time', async () => {
    const port = await slowServer(200)
    // In one piece: a machine that stands still between two would make the second late.
    const socket = send(port, `${head('/unread', 'content-length: 3\r\nconnection: close')}abc`)
    expect(await said(socket)).toMatch(/unread$/)
  })
})
