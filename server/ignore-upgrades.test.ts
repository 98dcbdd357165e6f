import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ignoreUpgrades, refuseUpgrades } from './ignore-upgrades'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function offer(path: string, prepare: (server: Server) => void): Promise<string> {
  server = createServer((_request, response) => response.end('answered'))
  prepare(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`)
  let text = ''
  for await (const chunk of socket.setEncoding('latin1')) {
    text += chunk
    if (text.includes('answered')) break
  }
  return text
}

describe('an offer of another protocol', () => {
  it('is passed over, whoever listens for it later', async () => {
    const text = await offer('/api/v1/connections', (each) => {
      ignoreUpgrades(each)
      each.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
    })
    expect(text).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('is refused in development, but for Next’s own', async () => {
    expect(await offer('/api/v1/connections', refuseUpgrades)).toMatch(/^HTTP\/1\.1 501 /)
    server.close()
    const text = await offer('/_next/webpack-hmr', (each) => {
      refuseUpgrades(each)
      each.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
    })
    expect(text).toMatch(/^HTTP\/1\.1 101 /)
  })
})
