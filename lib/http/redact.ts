import type { Secret } from '../core/secret'

const removed = '[removed]'
const inputMax = 20_000

const named =
  /(["']?\b(?:access_?token|refresh_?token|id_?token|installSetupToken|setup_?token|client_?secret|client_?assertion|code_?verifier|authorization|api_?key|password|passwd|secret|token|code|state)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s&,;"'<>]+)/gi
/** Names whose value may be a harmless word: `"code": "not_found"`, `token: expired`. */
const mayBeWord = /^["']?(?:code|state|token)\b/i
const credential = /\b(Bearer|Basic)\s+[^\s"',;<>]+/gi
const jwt = /eyJ[\w-]+(?:\.[\w-]*)*/g
const pem = /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g
const query = /(\bhttps?:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi
const run = /[\w+/=%~-]{20,}/g

/**
 * The provider's words, fit for a page and a log: HTML reduced to its text, white space joined, everything that is or looks
 * like a credential taken out, and cut to `charactersMax`.
 *
 * @param known secrets that were sent with the call: a provider may echo them, in any encoding
 */
export function providerWords(text: string, known: readonly Secret[] = [], charactersMax = 200): string {
  const told = withoutKnown(text.slice(0, inputMax), known)
  const plain = withoutKnown(stripHtml(told), known)
  const clean = withoutTokens(plain)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
  return clean.length > charactersMax ? `${clean.slice(0, charactersMax - 1).trimEnd()}…` : clean
}

/** Text without what has the shape of a token: JWT, PEM, bearer, secret parameters, URL queries, long random runs. */
export function withoutTokens(text: string): string {
  return text
    .replace(pem, removed)
    .replace(query, '$1')
    .replace(credential, `$1 ${removed}`)
    .replace(jwt, removed)
    .replace(named, (whole, name: string, value: string) =>
      mayBeWord.test(name) && isPlainWord(value) ? whole : `${name}${removed}`,
    )
    .replace(run, (word) => (looksRandom(word) ? removed : word))
}

/** Text without these secrets, raw or as a form, a URL, JSON or HTML would write them. */
export function withoutKnown(text: string, known: readonly Secret[]): string {
  let clean = text
  for (const secret of known) {
    const value = secret.reveal()
    // A shorter value would blank ordinary words; it guards nothing either.
    if (value.length < 4) continue
    const form = new URLSearchParams({ x: value }).toString().slice(2)
    const json = JSON.stringify(value).slice(1, -1)
    for (const shape of new Set([value, encodeURIComponent(value), form, json, escapeHtml(value)]))
      clean = clean.replaceAll(shape, removed)
  }
  return clean
}

/** Whether a text is an HTML page rather than a sentence or JSON. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|html|head|body|h1|p|div|center|title)\b/i.test(text)
}

/**
 * A URL path for the log: segments that may be an id or a token read `{…}`.
 * A path that carries a secret gets an explicit template from its caller; this is the net below that.
 */
export function safePath(pathname: string): string {
  return pathname
    .split('/')
    .map((segment) => (isOrdinarySegment(segment) ? segment : '{…}'))
    .join('/')
}

function isOrdinarySegment(segment: string): boolean {
  if (segment === '' || /^v\d{1,2}$/.test(segment)) return true
  return /^[A-Za-z][A-Za-z_.-]{0,31}\d?$/.test(segment)
}

/** Small letters only: a value with digits, capitals or signs may be a secret. */
function isPlainWord(value: string): boolean {
  return /^["']?[a-z_]{1,32}\.?["']?$/.test(value)
}

function looksRandom(word: string): boolean {
  const digits = count(word, /\d/g)
  const capitals = count(word, /[A-Z]/g)
  const small = count(word, /[a-z]/g)
  if (digits >= 4) return true
  if (digits >= 1 && capitals >= 2 && small >= 2) return true
  return capitals >= 5 && small >= 5
}

function count(word: string, shape: RegExp): number {
  return word.match(shape)?.length ?? 0
}

function stripHtml(text: string): string {
  if (!/<[a-z!/]/i.test(text)) return text
  return text
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(script|style|template|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<\/?[a-z!][^>]*(?:>|$)/gi, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&quot;/gi, '"')
    .replace(/&#0?39;|&apos;/gi, "'")
    .replace(/&amp;/gi, '&')
}

function escapeHtml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
