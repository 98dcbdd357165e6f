import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { World } from '../lib/connections/test-world'

export type UpstreamHandler = (request: IncomingMessage, response: ServerResponse) => unknown

/** Tokens, and whose they are. */
const identity = /^\/(?:oauth\/|api\/v1\/profiles)/

/**
 * The API of a world's provider on a server of its own, so that a test answers its calls as it likes, body unread; what has
 * to do with tokens goes on to the provider. The world's app is moved to it.
 */
export async function startUpstream(world: World) {
  const upstream = {
    /** What answers API calls. */
    answer: ((_request, response) => response.end()) as UpstreamHandler,
  }
  const server = createServer((request, response) => {
    request.on('error', () => {})
    if (identity.test(request.url ?? '')) forward(world.doorkeeper.url, request, response)
    else upstream.answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await world.deps.db.providerApp.update({ where: { id: world.appId }, data: { baseUrl: url } })
  return Object.assign(upstream, {
    url,
    close() {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}

function forward(origin: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = request
  const onward = httpRequest(new URL(url ?? '/', origin), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  request.pipe(onward)
}
