/** The beginning of a body as text; `cut` when there was more. */
export type SomeText = { text: string; bytes: number; cut: boolean }

/** Reads a body up to `bytesMax` and ends it there, so that no answer can fill the memory. */
export async function readSome(body: ReadableStream<Uint8Array> | null, bytesMax: number): Promise<SomeText> {
  if (!body) return { text: '', bytes: 0, cut: false }
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let bytes = 0
  while (bytes <= bytesMax) {
    const { done, value } = await reader.read()
    if (done) return { text: textOf(pieces, bytesMax), bytes, cut: false }
    pieces.push(value)
    bytes += value.byteLength
  }
  await reader.cancel()
  return { text: textOf(pieces, bytesMax), bytes: bytesMax, cut: true }
}

function textOf(pieces: readonly Uint8Array[], bytesMax: number): string {
  return new TextDecoder().decode(Buffer.concat(pieces).subarray(0, bytesMax))
}
