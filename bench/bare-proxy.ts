import { Agent, request as call, createServer } from 'node:http'
import { serveOrder } from './serve-order'

export type BareProxyOrder = { upstream: string }

/**
 * The yardstick of `proxy`: a reverse proxy of Node's own parts. It checks no key, reads no token and counts nothing: method,
 * headers and both bodies go through.
 */
serveOrder<BareProxyOrder>(async ({ upstream }) => {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(upstream)
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const { method, url: path, headers } = request
    const onward = call({ agent, hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    request.pipe(onward)
  })
})
