/** Crockford's base 32, without the letters that are misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export const idPrefixes = {
  user: 'usr',
  session: 'ses',
  providerApp: 'app',
  connection: 'con',
  install: 'ins',
  flow: 'flw',
  journal: 'rot',
  webhook: 'whk',
  audit: 'evt',
  dataKey: 'key',
  notification: 'ntf',
  channel: 'chn',
  delivery: 'dlv',
  trouble: 'trb',
  process: 'prc',
  apiKey: 'apk',
} as const
export type IdKind = keyof typeof idPrefixes

/**
 * A new id such as `con_01jd4…`: 48 bits of time, then 80 random bits, so ids sort by age (what keyset paging relies on).
 *
 * @param nowMs epoch milliseconds
 * @param random ten random bytes
 */
export function newId(kind: IdKind, nowMs: number, random: Uint8Array): string {
  if (random.length !== 10) throw new RangeError('an id takes ten random bytes')
  let time = ''
  for (let rest = nowMs, digits = 0; digits < 10; digits += 1) {
    time = alphabet.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  let tail = ''
  let bits = 0
  let held = 0
  for (const byte of random) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      tail += alphabet.charAt((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return `${idPrefixes[kind]}_${time}${tail}`
}
