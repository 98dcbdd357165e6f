import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 43 characters of base64url: 256 bits, as Doorkeeper makes tokens and codes. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

const UNSAFE = '+/=&%'

/** A client secret of 43 characters that holds every one of `+/=&%`: only a client that encodes properly gets it across. */
export function randomSecret(): string {
  const letters = [...randomBytes(29).toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, 38)]
  for (const letter of UNSAFE) letters.splice(1 + randomInt(letters.length - 1), 0, letter)
  return letters.join('')
}

/** First 12 hex digits of SHA-256: enough to tell values apart, useless to whoever reads it. */
export function fingerprint(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 12)
}

/** Compares without telling by its duration where the two differ. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
