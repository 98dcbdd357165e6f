import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeQueuedAnswers } from './close-queued-answers'

let server: ReturnType<typeof createServer>
let held: ServerResponse[]
let closed: string[]

beforeEach(async () => {
  held = []
  closed = []
  server = createServer()
  closeQueuedAnswers(server)
  server.on('request', (request, response) => {
    held.push(response)
    response.on('close', () => closed.push(`${request.url} ${response.destroyed}`))
    if (request.url === '/ended') response.end('done')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function send(paths: readonly string[]) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''))
  return socket
}
const seen = (count: number) => vi.waitFor(() => expect(held).toHaveLength(count), { timeout: 30_000 })

describe('answers that wait behind another of their connection', () => {
  it('are closed once when their client goes, whatever was written to them', async () => {
    const socket = await send(['/first', '/second', '/ended', '/last'])
    await seen(4)
    held[3]?.write('a part')
    socket.destroy()
    await vi.waitFor(() => expect(closed).toHaveLength(4), { timeout: 30_000 })
    await new Promise(setImmediate)
    expect([...closed].sort()).toEqual(['/ended true', '/first true', '/last true', '/second true'])
  })

  it('are answered in their order, and closed as any other', async () => {
    const socket = await send(['/first', '/ended', '/last'])
    await seen(3)
    held[2]?.end('last')
    held[0]?.end('first')
    let text = ''
    for await (const chunk of socket.setEncoding('latin1')) {
      text += chunk
      if (text.includes('last')) break
    }
    expect(text.match(/first|done|last/g)).toEqual(['first', 'done', 'last'])
    await vi.waitFor(() => expect(closed).toHaveLength(3), { timeout: 30_000 })
  })

  it('are no more than a hundred: their connection is cut then', async () => {
    const socket = await send(Array.from({ length: 150 }, (_, n) => `/${n}`))
    await once(socket, 'close')
    await vi.waitFor(() => expect(closed).toHaveLength(held.length), { timeout: 30_000 })
    expect(held.length).toBeGreaterThan(100)
  })
})
