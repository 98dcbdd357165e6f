/** Far above any webhook these providers send. */
export const webhookBytesMax = 1024 * 1024

/**
 * Reads a body up to a cap, without trusting its announced length; a body that goes on is cancelled.
 *
 * @returns `null` when it is larger than `bytesMax`
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  bytesMax = webhookBytesMax,
): Promise<Uint8Array | null> {
  if (!body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.byteLength
    if (size > bytesMax) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
}
