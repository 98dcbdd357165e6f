import { currentActor, deps, sessionActor } from '@/lib/server'

/** Proxies close what is silent for a minute. */
const heartbeatMs = 25_000
/** Events that wait for a browser. */
const unreadMax = 1_000

/** Live events as server-sent events (HTML Living Standard, 9.2): topic and id of whatever changed, for somebody signed in. */
export async function GET(request: Request): Promise<Response> {
  // 204 is how an event stream tells the browser not to ask again.
  const actor = await currentActor()
  if (!actor) return new Response(null, { status: 204 })
  return new Response(liveStream(request.signal, actor.sessionId, readSince(request.url)), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** When the page that listens was read, epoch milliseconds; what happened since is told first. */
function readSince(url: string): number | undefined {
  const since = Number(new URL(url).searchParams.get('since') ?? Number.NaN)
  return Number.isFinite(since) ? since : undefined
}

/**
 * Ends when the session has ended: at its next heartbeat.
 *
 * @param signal aborts when the browser goes
 */
function liveStream(
  signal: AbortSignal,
  sessionId: string,
  sinceMs: number | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let isOpen = true
  let end = () => {}
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => {
        controller.enqueue(encoder.encode(text))
        // A browser that reads no more is let go: it asks again and reads everything anew.
        if ((controller.desiredSize ?? 0) > -unreadMax) return
        end()
        controller.error(new Error('the reader of live events is too slow'))
      }
      const unsubscribe = deps().events.subscribe(
        (event) => send(`data: ${JSON.stringify(event)}\n\n`),
        sinceMs,
      )
      const heartbeat = setInterval(async () => {
        // A database that does not answer ends nobody's session.
        const isOver = await sessionActor(deps(), sessionId).then(
          (found) => found === null,
          () => false,
        )
        if (!isOpen) return
        if (!isOver) return send(': still here\n\n')
        end()
        controller.close()
      }, heartbeatMs)
      end = () => {
        isOpen = false
        unsubscribe()
        clearInterval(heartbeat)
      }
      signal.addEventListener('abort', end, { once: true })
      send('retry: 2000\n\n')
    },
    cancel: () => end(),
  })
}
