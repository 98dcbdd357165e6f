import { CallerGone } from './exchange-errors'

export type MeteredBody = {
  /** What goes to the network; it throws where the body broke off, so that a part never looks whole. */
  chunks: AsyncIterable<Uint8Array>
  /** Reads no further. */
  stop(): void
}

export type BodyNews = {
  onChunk(bytes: number): void
  onEnd(): void
  onBroken(error: Error): void
}

/** A body on its way out, read chunk by chunk as the network takes it. */
export function meteredBody(body: ReadableStream<Uint8Array>, news: BodyNews): MeteredBody {
  const reader = body.getReader()
  let stopped = false

  async function next(): Promise<Uint8Array | null> {
    try {
      const { done, value } = await reader.read()
      return done ? null : value
    } catch (error) {
      const gone = new CallerGone('the body broke off', { cause: error })
      news.onBroken(gone)
      throw gone
    }
  }

  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = await next()
      // A stopped reader says that it is done: what was sent is a part only.
      if (stopped) throw new CallerGone('the body is read no further')
      if (chunk === null) return news.onEnd()
      news.onChunk(chunk.byteLength)
      yield chunk
    }
  }

  return {
    chunks: chunks(),
    stop() {
      stopped = true
      reader.cancel().catch(() => {})
    },
  }
}
