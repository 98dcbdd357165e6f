import type { Dispatcher } from 'undici'
import { AnswerTooLarge, DeadlinePassed } from './exchange-errors'

export type ExchangeRequest = {
  url: URL
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  headers: Readonly<Record<string, string>>
  body: Uint8Array | null
  timeoutMs: number
  bytesMax: number
}

export type RawAnswer = { status: number; headers: Headers; body: Uint8Array }

export type Exchange = {
  /** Rejects with the reason: a deadline, a cap, or the network's error. */
  answer: Promise<RawAnswer>
  /** Whether a connection stood and the request began to be written. */
  wasSent(): boolean
}

/**
 * One request and its answer on a dispatcher: the deadline runs from now to the last byte, the size is counted as it comes.
 * A request whose deadline passes before a connection stands is never written.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Exchange {
  let sent = false
  const answer = new Promise<RawAnswer>((resolve, reject) => {
    let ended: Error | null = null
    let running: Dispatcher.DispatchController | null = null
    let status = 0
    let headers = new Headers()
    let size = 0
    const chunks: Uint8Array[] = []

    const fail = (error: Error) => {
      if (ended) return
      ended = error
      clearTimeout(timer)
      reject(error)
      running?.abort(error)
    }
    const timer = setTimeout(() => fail(new DeadlinePassed()), Math.max(0, request.timeoutMs))

    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: `${request.url.pathname}${request.url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body,
      },
      {
        onRequestStart(controller) {
          running = controller
          if (ended) return controller.abort(ended)
          sent = true
        },
        onResponseStart(_controller, code, raw) {
          if (code < 200) return
          status = code
          headers = toHeaders(raw)
          const announced = Number(headers.get('content-length') ?? 0)
          if (request.method !== 'HEAD' && announced > request.bytesMax) fail(new AnswerTooLarge())
        },
        onResponseData(_controller, chunk) {
          size += chunk.length
          if (size > request.bytesMax) return fail(new AnswerTooLarge())
          // undici reuses the memory of a chunk.
          chunks.push(Uint8Array.from(chunk))
        },
        onResponseEnd() {
          clearTimeout(timer)
          resolve({ status, headers, body: Buffer.concat(chunks) })
        },
        onResponseError(_controller, error) {
          fail(error)
        },
      },
    )
  })
  return { answer, wasSent: () => sent }
}

function toHeaders(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) append(headers, name, one)
  }
  return headers
}

/** A header that `Headers` does not take (a control character in its value) is of no use to anybody. */
function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value)
  } catch {
    return
  }
}
