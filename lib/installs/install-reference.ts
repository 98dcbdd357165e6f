/** Crockford's base 32 in capitals: nothing in it is misread over the telephone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The short reference of an install, such as `7KQ2-XF0M`: what the person at the other company tells the admin.
 *
 * @param random five random bytes; forty bits, so that a guessed reference finds no install
 */
export function installReference(random: Uint8Array): string {
  if (random.length !== 5) throw new RangeError('a reference takes five random bytes')
  let bits = 0n
  for (const byte of random) bits = (bits << 8n) | BigInt(byte)
  let digits = ''
  for (let shift = 35n; shift >= 0n; shift -= 5n) digits += alphabet.charAt(Number((bits >> shift) & 31n))
  return `${digits.slice(0, 4)}-${digits.slice(4)}`
}

/** A reference as a person types it, in the form it is stored; `null` when it cannot be one. */
export function parseReference(text: string): string | null {
  const digits = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(digits)) return null
  return `${digits.slice(0, 4)}-${digits.slice(4)}`
}
