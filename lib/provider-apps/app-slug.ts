const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * What stands for the app in its landing URL: readable, and with a tail of its own, so that it never meets another app's or
 * one that the environment brings later.
 *
 * @param fallback used where the name has no Latin letter or digit
 * @param random one byte for each character of the tail
 */
export function makeSlug(name: string, fallback: string, random: Uint8Array): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  const tail = [...random].map((byte) => alphabet.charAt(byte & 31)).join('')
  return `${words || fallback}-${tail}`
}
