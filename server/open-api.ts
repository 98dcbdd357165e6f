import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Presence } from '../lib/core/presence'
import { type ApiHandler, apiPrefix } from '../lib/gateway/answer-api'
import type { CallOrigin } from '../lib/gateway/operation'

type Incoming = { readonly url?: string | undefined }

/** What the adapter's answers have in common, of HTTP/1.1 and HTTP/2. */
type Outgoing = {
  readonly destroyed: boolean
  readonly writableFinished: boolean
  on(event: 'close', listener: () => void): unknown
  off(event: 'close', listener: () => void): unknown
  destroy(): unknown
}

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
  return getRequestListener(
    (request, { incoming, outgoing }) => api(request, new Origin(incoming, outgoing)),
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

/** One of these is made for each request: it is small, and does nothing until it is asked. */
class Origin implements CallOrigin, Presence {
  readonly target: string
  readonly #outgoing: Outgoing

  constructor({ url }: Incoming, outgoing: Outgoing) {
    this.target = url ?? '/'
    this.#outgoing = outgoing
  }

  get presence(): Presence {
    return this
  }

  get hasGone(): boolean {
    return this.#outgoing.destroyed && !this.#outgoing.writableFinished
  }

  onGone(listener: () => void): () => void {
    const outgoing = this.#outgoing
    const heard = () => {
      if (!outgoing.writableFinished) listener()
    }
    outgoing.on('close', heard)
    return () => void outgoing.off('close', heard)
  }

  cut(): void {
    this.#outgoing.destroy()
  }
}
