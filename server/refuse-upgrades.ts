import type { Server } from 'node:http'
import { isApiPath } from './open-api'

const refusal =
  'HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Type: application/problem+json\r\nPatchbay-Answer: gateway\r\n'

/** The machine API speaks HTTP only: whoever wants to go over to another protocol is told so, and the connection ends. */
export function refuseUpgrades(server: Server): void {
  server.on('upgrade', (request, socket) => {
    if (!isApiPath(request.url ?? '')) return
    const body = JSON.stringify({ type: 'about:blank', title: 'No upgrade to another protocol', status: 501 })
    socket.on('error', () => {})
    socket.end(`${refusal}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, () => socket.destroy())
  })
}
