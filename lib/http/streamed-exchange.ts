import type { Dispatcher } from 'undici'
import { CallerGone, DeadlinePassed } from './exchange-errors'
import { type MeteredBody, meteredBody } from './metered-body'
import type { StreamAnswer, StreamRequest } from './stream-client'

/** An answer that is whole within one turn of the event loop, and no larger, is given as bytes. */
const gatheredMax = 64 * 1024
/** Bytes of a streamed answer that wait for their reader before the server has to wait. */
const waitingMax = 64 * 1024

export type ExchangeNews = {
  /** Told once at most. */
  onAnswer(answer: Omit<StreamAnswer, 'kind'>): void
  /** Told once, when nothing moves any more. @param failure a deadline, `CallerGone`, or the network's error */
  onEnd(failure: Error | null): void
}

type Head = Omit<StreamAnswer, 'kind' | 'body'>

/**
 * One request and its answer on a dispatcher, streamed both ways with back-pressure: the request's body is read as the socket
 * takes it, and the socket is read as the reader of the answer takes it. Whatever fails ends both directions at once.
 */
export class StreamedExchange implements Dispatcher.DispatchHandler {
  bytesUp = 0
  bytesDown = 0
  status: number | null = null
  /** Whether a connection stood and the request began to be written. */
  wasSent = false
  isOver = false

  readonly #request: StreamRequest
  readonly #news: ExchangeNews
  readonly #upload: MeteredBody | null
  #patienceMs: number
  #movedMs = performance.now()
  #timer: NodeJS.Timeout
  #forgetCaller: (() => void) | null = null
  #running: Dispatcher.DispatchController | null = null
  #failure: Error | null = null
  #head: Head | null = null
  #gathered: Uint8Array[] = []
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null

  constructor(dispatcher: Dispatcher, request: StreamRequest, news: ExchangeNews) {
    this.#request = request
    this.#news = news
    const { body } = request
    this.#upload = body instanceof ReadableStream ? this.#meter(body) : null
    this.#patienceMs = this.#upload ? request.idleTimeoutMs : request.headersTimeoutMs
    this.#timer = this.#lookAgainIn(this.#patienceMs)
    const { presence } = request
    if (presence?.hasGone) this.#leave()
    else {
      this.#forgetCaller = presence?.onGone(() => this.#leave()) ?? null
      this.#dispatch(dispatcher, body)
    }
  }

  /** Ends it at once. */
  abort(error: Error): void {
    this.#fail(error)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#running = controller
    if (this.#failure) controller.abort(this.#failure)
    else this.wasSent = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: StreamAnswer['headers'],
  ): void {
    if (status < 200 || this.isOver) return
    this.status = status
    this.#head = { status, headers }
    this.#allow(this.#request.idleTimeoutMs)
    setImmediate(() => this.#beginStream())
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.isOver) return
    this.bytesDown += chunk.byteLength
    this.#noteMove()
    if (!this.#stream) {
      this.#gathered.push(chunk)
      if (this.bytesDown > gatheredMax) this.#beginStream()
      return
    }
    this.#stream.enqueue(chunk)
    if ((this.#stream.desiredSize ?? 0) <= 0) controller.pause()
  }

  onResponseEnd(): void {
    if (this.isOver) return
    this.#over()
    if (this.#stream) this.#stream.close()
    else this.#answer(joined(this.#gathered))
    this.#news.onEnd(null)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  #dispatch(dispatcher: Dispatcher, body: StreamRequest['body']): void {
    const { host, path, method, headers } = this.#request
    const source = this.#upload ? this.#upload.chunks : body
    // The types know no method of a program's own and no async iterable; the documents and the code know both.
    const options = { origin: host.origin, path, method, headers, body: source }
    try {
      dispatcher.dispatch(options as unknown as Dispatcher.DispatchOptions, this)
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error('the call could not be made', { cause: error }))
    }
  }

  #meter(body: ReadableStream<Uint8Array>): MeteredBody {
    return meteredBody(body, {
      onChunk: (bytes) => {
        this.bytesUp += bytes
        this.#noteMove()
      },
      onEnd: () => {
        if (!this.#head) this.#allow(this.#request.headersTimeoutMs)
      },
      onBroken: (error) => this.#fail(error),
    })
  }

  /** Hands the answer out before it is whole. */
  #beginStream(): void {
    if (this.#stream || this.isOver) return
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#stream = controller
          for (const chunk of this.#gathered) controller.enqueue(chunk)
          this.#gathered = []
          if ((controller.desiredSize ?? 0) <= 0) this.#running?.pause()
        },
        pull: () => {
          if (this.isOver) return
          this.#noteMove()
          this.#running?.resume()
        },
        cancel: () => {
          // Whoever stops reading needs not be told that nothing more comes.
          this.#stream = null
          this.#fail(new CallerGone('the answer is read no further'))
        },
      },
      { highWaterMark: waitingMax, size: (chunk) => chunk.byteLength },
    )
    this.#answer(body)
  }

  #answer(body: StreamAnswer['body']): void {
    if (this.#head) this.#news.onAnswer({ body, ...this.#head })
  }

  #leave(): void {
    this.#fail(new CallerGone('whoever asked has gone'))
  }

  #fail(error: Error): void {
    if (this.isOver) return
    this.#failure = error
    this.#over()
    this.#running?.abort(error)
    if (this.#stream) this.#breakOff(this.#stream, error)
    this.#news.onEnd(error)
  }

  #breakOff(stream: ReadableStreamDefaultController<Uint8Array>, error: Error): void {
    if (this.#request.cut) this.#request.cut()
    else stream.error(error)
  }

  #over(): void {
    this.isOver = true
    clearTimeout(this.#timer)
    this.#forgetCaller?.()
    this.#upload?.stop()
  }

  /** The next silence may be this long. */
  #allow(ms: number): void {
    this.#noteMove()
    const isSooner = ms < this.#patienceMs
    this.#patienceMs = ms
    if (!isSooner || this.isOver) return
    clearTimeout(this.#timer)
    this.#timer = this.#lookAgainIn(ms)
  }

  #noteMove(): void {
    this.#movedMs = performance.now()
  }

  /** Most exchanges are over long before: their deadline moves without a timer being made for it. */
  #lookAgainIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      const leftMs = this.#patienceMs - (performance.now() - this.#movedMs)
      if (leftMs <= 0) this.#fail(new DeadlinePassed())
      else this.#timer = this.#lookAgainIn(Math.ceil(leftMs))
    }, ms)
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array | null {
  const [first] = chunks
  if (!first) return null
  return chunks.length === 1 ? first : Buffer.concat(chunks)
}
