import type { Presence } from '../core/presence'
import type { NoAnswer } from './http-client'

/** A call whose bodies go through as they come, in both directions. */
export type StreamRequest = {
  /** Any token of RFC 9110, 5.6.2. */
  method: string
  /** Names the host; its own path and query are not used. */
  host: URL
  /** Path and query as they are sent, beginning with `/`. Nothing is added, decoded or normalised. */
  path: string
  /** What the log shows instead of the path. */
  pathTemplate?: string
  /** The only origins this call may reach; the host's own must be among them. */
  allowedOrigins: readonly string[]
  /** Names in small letters. Nothing is added but what HTTP/1.1 needs. */
  headers: Readonly<Record<string, string>>
  /** A stream is read no faster than the server takes it. */
  body: Uint8Array | ReadableStream<Uint8Array> | null
  /** Of whoever asked: the call ends at once when they go. */
  presence?: Presence
  /** From the last byte of the request to the head of the answer, in milliseconds. */
  headersTimeoutMs: number
  /** Longest time in which no byte moves in either direction, in milliseconds; a reader that stands still counts too. */
  idleTimeoutMs: number
  purpose: string
  /** Rides in the log line. */
  facts?: Readonly<Record<string, string | number | null>>
  /**
   * Called instead of giving a streamed answer that broke off an error: whoever reads it ends at once what they wrote it to. The
   * stream then waits to be cancelled.
   */
  cut?(): void
  /** Told once, when nothing of the call moves any more. */
  onEnd?(end: StreamEnd): void
}

export type StreamEnd = {
  /** `null` when no head came. */
  status: number | null
  /** `null`: the answer came to its end. */
  failure: StreamFailure['reason'] | null
  bytesUp: number
  bytesDown: number
  durationMs: number
}

export type StreamAnswer = {
  kind: 'answer'
  status: number
  /** Names in small letters; what the server repeated is a list. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  /**
   * Bytes where the whole answer was there at once, else a stream. A stream whose server breaks off ends with an error, never as if
   * it were whole; cancelled, it ends the call.
   */
  body: Uint8Array | ReadableStream<Uint8Array> | null
}

export type StreamFailure = Omit<NoAnswer, 'reason'> & { reason: NoAnswer['reason'] | 'caller_gone' }

/**
 * Never rejects for what the network, the provider or the caller did; follows no redirect, keeps no cookie, retries and decodes
 * nothing. Informational answers (1xx) and trailers are dropped.
 */
export type StreamClient = { stream(request: StreamRequest): Promise<StreamAnswer | StreamFailure> }
