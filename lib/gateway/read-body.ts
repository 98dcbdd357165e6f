import { PatchbayError } from '../core/errors'

/**
 * A body as text (UTF-8), read no further than `bytesMax`.
 *
 * @throws PatchbayError `body_too_large`; `body_invalid` when the caller broke it off or it is not UTF-8
 */
export async function readBody(request: Request, bytesMax: number): Promise<string> {
  const announced = request.headers.get('content-length')
  if (announced === '0' || (announced === null && request.headers.get('transfer-encoding') === null))
    return ''
  if (announced !== null && Number(announced) > bytesMax) throw tooLarge(bytesMax)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength
      if (length > bytesMax) throw tooLarge(bytesMax)
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    if (length > bytesMax) throw cause
    throw new PatchbayError('body_invalid', 'The body did not arrive whole, or is not UTF-8.', {}, { cause })
  }
}

function tooLarge(bytesMax: number): PatchbayError {
  return new PatchbayError('body_too_large', `The body may have ${bytesMax} bytes at most.`)
}
