import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { AnswerTooLarge, UnknownEncoding } from './exchange-errors'

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const

/**
 * The body as text (UTF-8, odd bytes replaced), opened where the provider compressed it though nobody asked.
 *
 * @param bytesMax holds after decompression too
 * @throws AnswerTooLarge, UnknownEncoding, or zlib's own error for a broken body
 */
export async function decodeBody(
  bytes: Uint8Array,
  encoding: string | null,
  bytesMax: number,
): Promise<string> {
  return new TextDecoder().decode(await open(bytes, encoding, bytesMax))
}

async function open(bytes: Uint8Array, encoding: string | null, bytesMax: number): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity' || bytes.length === 0) return bytes
  const decoder = Object.entries(decoders).find(([known]) => known === name)?.[1]
  if (decoder === undefined) throw new UnknownEncoding()
  try {
    return await decoder(bytes, { maxOutputLength: bytesMax })
  } catch (error) {
    if (isOverCap(error)) throw new AnswerTooLarge()
    throw error
  }
}

function isOverCap(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
  )
}
