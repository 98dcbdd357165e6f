/**
 * Base64url without padding (RFC 4648, 5).
 *
 * @throws RangeError unless there are exactly `size` bytes: a short value would be guessable
 */
export function base64Url(bytes: Uint8Array, size: number): string {
  if (bytes.length !== size) throw new RangeError(`this takes ${size} random bytes`)
  return Buffer.from(bytes).toString('base64url')
}
