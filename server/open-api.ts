import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type ApiHandler, apiPrefix } from '../lib/gateway/answer-api'

export type ApiListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export function isApiPath(path: string): boolean {
  return path.startsWith(apiPrefix)
}

/**
 * Puts `Request → Response` handlers on the Node server. Global `Request` and `Response` become the adapter's lazy ones, which cost
 * a third less than the runtime's; call it before Next is loaded, so that Next's own subclasses come of the same.
 *
 * @param api never rejects
 */
export function openApi(api: ApiHandler): ApiListener {
  return getRequestListener((request, { outgoing }) => api(request, { cut: () => void outgoing.destroy() }), {
    hostname: 'localhost',
    errorHandler: () =>
      new Response('{"type":"about:blank","title":"Bad Request","status":400}', {
        status: 400,
        headers: {
          'content-type': 'application/problem+json',
          'patchbay-answer': 'gateway',
          'cache-control': 'no-store',
        },
      }),
  })
}
