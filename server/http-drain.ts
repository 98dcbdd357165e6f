import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createRoster } from '../lib/core/roster'
import { isApiPath } from './open-api'

const tickMs = 50

export type HttpDrain = {
  /** True from the moment `drain` was called. */
  readonly draining: boolean
  /** Counts a request; call it before anything answers it. */
  enter(request: IncomingMessage, response: ServerResponse): void
  /**
   * Ends event streams and idle sockets, lets the requests that run finish, then closes the port. While they run, new ones
   * are answered too, so that a load balancer sees `ready` turn 503. What is left after `patienceMs` is cut.
   */
  drain(patienceMs: number): Promise<void>
}

/** @param isAside requests that the drain does not wait for, such as health checks */
export function createHttpDrain(server: Server, isAside: (request: IncomingMessage) => boolean): HttpDrain {
  const running = createRoster<ServerResponse>()
  const upgraded = new Set<Duplex>()
  let draining = false
  server.on('upgrade', (_request, socket) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
  })

  function endStreams(): void {
    for (const response of running) if (isStream(response)) response.end()
    for (const socket of upgraded) socket.destroy()
  }

  async function finished(responses: readonly ServerResponse[], deadline: AbortSignal): Promise<void> {
    const awaited = new Set(responses)
    while (!deadline.aborted && [...running].some((response) => awaited.has(response))) {
      endStreams()
      server.closeIdleConnections()
      await tick()
    }
  }

  return {
    get draining() {
      return draining
    },
    enter(request, response) {
      if (draining) response.setHeader('connection', 'close')
      if (isAside(request)) return
      running.add(response)
      response.on('close', () => running.remove(response))
    },
    async drain(patienceMs) {
      draining = true
      const deadline = AbortSignal.timeout(patienceMs)
      await finished([...running], deadline)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await finished([...running], deadline)
      // Nothing runs any more; a socket that never sent a request does not count as idle for Node.
      server.closeAllConnections()
      endStreams()
      await closed
    },
  }
}

/**
 * A page's stream of events, by what was asked for too: headers given to `writeHead` cannot be read back. A program's call is none,
 * whatever it accepts: ended here, an answer that is still to come would be an empty 200.
 */
function isStream(response: ServerResponse): boolean {
  const { url, headers } = response.req
  if (isApiPath(url ?? '')) return false
  const types = `${headers.accept ?? ''} ${response.getHeader('content-type') ?? ''}`
  return types.includes('text/event-stream')
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, tickMs))
}
