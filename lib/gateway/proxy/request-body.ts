import { PatchbayError } from '../../core/errors'

/** A body of at most this many bytes, announced by its length, is kept, so that the call can be made again after a 401. */
export const keptBytesMax = 256 * 1024

/** What a caller sent, unread. */
export type BodySource = Pick<Request, 'arrayBuffer' | 'body'>

export type RequestBody =
  | { kind: 'none' }
  | { kind: 'kept'; bytes: Uint8Array }
  | { kind: 'stream'; stream: ReadableStream<Uint8Array>; length: string | null }

/**
 * The body of a request: a small one in memory, any other as it comes.
 *
 * @throws PatchbayError `body_invalid` when a small one breaks off, and for a transfer coding other than chunked, which is for this hop
 *   and undone by nobody here (RFC 9112, 6.1)
 */
export async function takeBody(source: BodySource | null, headers: Headers): Promise<RequestBody> {
  const length = headers.get('content-length')
  const coding = headers.get('transfer-encoding')
  if (coding !== null && coding.toLowerCase() !== 'chunked')
    throw new PatchbayError('body_invalid', 'The only transfer coding that is taken is chunked.')
  if (!source || length === '0') return { kind: 'none' }
  if (length === null && coding === null) return { kind: 'none' }
  if (length !== null && Number(length) <= keptBytesMax)
    return { kind: 'kept', bytes: await readWhole(source) }
  const stream = source.body
  return stream ? { kind: 'stream', stream, length } : { kind: 'none' }
}

async function readWhole(source: BodySource): Promise<Uint8Array> {
  try {
    return new Uint8Array(await source.arrayBuffer())
  } catch (cause) {
    throw new PatchbayError('body_invalid', 'The body did not arrive whole.', {}, { cause })
  }
}
