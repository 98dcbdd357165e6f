import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type ApiHandler, apiPrefix } from '../lib/gateway/answer-api'
import type { ClientAddress } from './client-address'

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
export function openApi(api: ApiHandler, clientAddress: ClientAddress): ApiListener {
  return getRequestListener(
    (request, { incoming, outgoing }) =>
      api(request, { address: addressOf(incoming, clientAddress), cut: () => void outgoing.destroy() }),
    {
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
    },
  )
}

function addressOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  clientAddress: ClientAddress,
) {
  return clientAddress(socket.remoteAddress, headers['x-forwarded-for']?.toString())
}
