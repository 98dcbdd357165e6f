import type { Server } from 'node:http'

/**
 * Answers requests that offer another protocol like any other, which HTTP allows (RFC 9110, 7.8): Java's client offers HTTP/2 with
 * each. Node does so while nobody listens to upgrades; with a listener it takes such a request away from `request`, and where nobody answers
 * it the socket stays open for good. Next listens in production too, for what only its development server has.
 */
export function ignoreUpgrades(server: Server): void {
  server.on('newListener', (event, listener) => {
    if (event === 'upgrade') queueMicrotask(() => server.off('upgrade', listener))
  })
}

/** In development, where Next listens for its own pages: whoever offers another protocol elsewhere is told so, and the connection ends. */
export function refuseUpgrades(server: Server): void {
  server.on('upgrade', ({ url }, socket) => {
    if (url?.startsWith('/_next/')) return
    socket.on('error', () => {})
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}
