import type { KnownSecret } from './evidence'

export type SecretFinder = {
  /** The secrets that occur in a text, in the clear or as an encoding that anybody can undo. */
  find(text: string): KnownSecret[]
}

/** Letters by which a place in a text is looked up; no secret of ours is shorter. */
const keyLength = 8

/**
 * Looks for many secrets at once: each text is read once, whatever their number.
 *
 * @throws Error for a secret that is too short to be told from other text
 */
export function secretFinder(secrets: readonly KnownSecret[]): SecretFinder {
  const byKey = new Map<string, { needle: string; secret: KnownSecret }[]>()
  for (const secret of secrets) {
    if (secret.value.length < keyLength) throw new Error(`a ${secret.kind} is too short to look for`)
    for (const needle of writings(secret.value)) {
      const key = needle.slice(0, keyLength)
      byKey.set(key, [...(byKey.get(key) ?? []), { needle, secret }])
    }
  }
  return {
    find(text) {
      const found = new Set<KnownSecret>()
      for (let at = 0; at + keyLength <= text.length; at++) {
        const candidates = byKey.get(text.slice(at, at + keyLength))
        for (const { needle, secret } of candidates ?? []) if (text.startsWith(needle, at)) found.add(secret)
      }
      return [...found]
    },
  }
}

/** A value as it is, and as URLs, forms, JSON, HTML and base64 (at each of its three alignments) write it. */
function writings(value: string): Set<string> {
  const url = encodeURIComponent(value)
  const form = new URLSearchParams({ v: value }).toString().slice(2)
  const json = JSON.stringify(value).slice(1, -1)
  const html = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
  return new Set([value, url, form, encodeURIComponent(url), json, html, ...inBase64(value)])
}

/** Base64 of any text that holds the value: the letters that depend on the value alone, in both alphabets. */
function inBase64(value: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.from(' '.repeat(shift) + value)
      .toString('base64')
      .replaceAll('=', '')
    const whole = Math.floor((Buffer.byteLength(value) + shift) / 3) * 4
    const inner = encoded.slice(shift === 0 ? 0 : 4, whole)
    return inner.length < keyLength ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
