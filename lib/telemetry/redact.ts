import { isSecret } from '../core/secret'

const printed = '[redacted]'
const depthMax = 8
const charactersMax = 4000

/** Names whose text is a secret, compared without case, `_` and `-`. */
const secretName =
  /(token|secret|password|passphrase|authorization|cookie|verifier|privatekey|apikey|assertion|signature|credential)s?$/i
/** Names that may hold a secret or a harmless word (`code: 'forbidden'`): only long values are hidden. */
const mixedName = /^(code|state|nonce|sid)$/i
const harmlessWord = /^\w{1,24}$/

const parameter =
  'access_token|refresh_token|id_token|token|installSetupToken|setup_token|setupToken|client_secret|client_assertion|code|state|code_verifier|password|secret|assertion'

const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(-----END [A-Z ]+-----|$)/g, printed],
  [/\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)*/g, printed],
  [/\b(Bearer|Basic|Token token=)\s*[^\s"',;]+/gi, `$1 ${printed}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi, `$1:${printed}@`],
  [new RegExp(`([?&;](?:${parameter})=)[^&#\\s"']+`, 'gi'), `$1${printed}`],
  [new RegExp(`(["']?\\b(?:${parameter})["']?\\s*:\\s*["'])[^"']+`, 'gi'), `$1${printed}`],
  [/\$argon2\w*\$[^\s"']+/g, printed],
]
/** A few words, a path, an id or a host, too short to be opaque, in which none of the shapes can occur. */
const harmless = /^(?:[\w/{}-]{0,39}|(?!.*(?:eyj|bearer|basic))[\w.:/ {}-]{0,39})$/i
const opaque = /(?<![\w-])[\w-]{40,}(?![\w-])/g

/** Text without what has the shape of a credential: bearer, JWT, PEM, secret parameters, passwords in URLs, long random strings. */
export function redactText(text: string): string {
  if (harmless.test(text)) return text
  let clean = text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text
  for (const [shape, replacement] of shapes) clean = clean.replace(shape, replacement)
  return clean.replace(opaque, (word) => (looksRandom(word) ? printed : word))
}

/** A copy that is safe to write: secrets hidden by name and by shape, errors as plain objects, cycles and depth cut. */
export function redact(value: unknown): unknown {
  return walk(value, 0, [])
}

function walk(value: unknown, depth: number, above: readonly object[]): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value
  if (isSecret(value)) return printed
  if (value instanceof Date) return value
  if (value instanceof URL) return redactText(value.href)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (above.includes(value) || depth >= depthMax) return '[…]'
  const path = [...above, value]
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => walk(item, depth + 1, path))
  const shown: Record<string, unknown> = {}
  for (const [name, item] of entriesOf(value)) {
    // As an own property, whatever its name.
    if (name === '__proto__')
      Object.defineProperty(shown, name, { value: named(name, item, depth, path), enumerable: true })
    else shown[name] = named(name, item, depth, path)
  }
  return shown
}

function entriesOf(value: object): [string, unknown][] {
  if (value instanceof Map) return [...value].map(([name, item]) => [String(name), item])
  if (value instanceof Set) return [...value].map((item, index) => [String(index), item])
  if (value instanceof Headers || value instanceof URLSearchParams) return [...value]
  const own = Object.entries(value)
  if (!(value instanceof Error)) return own
  const { name, message, stack, cause } = value
  const facts: [string, unknown][] = [
    ['name', name],
    ['message', message],
    ['stack', stack],
  ]
  if (cause !== undefined) facts.push(['cause', cause])
  return [...facts, ...own.filter(([key, item]) => key !== 'cause' && isFact(key, item))]
}

/** Libraries hang whole clients and sockets on their errors: of those nothing is written. */
function isFact(name: string, value: unknown): boolean {
  return typeof value !== 'object' || value === null || ['detail', 'errors'].includes(name)
}

function named(name: string, value: unknown, depth: number, path: readonly object[]): unknown {
  if (typeof value === 'string' || Array.isArray(value)) {
    const plain = /[_-]/.test(name) ? name.replace(/[_-]/g, '') : name
    if (secretName.test(plain)) return printed
    if (mixedName.test(plain) && !(typeof value === 'string' && harmlessWord.test(value))) return printed
  }
  return walk(value, depth + 1, path)
}

function looksRandom(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word)
}
