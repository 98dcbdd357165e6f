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

/** Names of fields whose meaning is remembered. */
const namesMax = 1_000

/** What the name of a field says of its value. */
type NameKind = 'secret' | 'mixed' | 'plain'
type KindOf = (name: string) => NameKind
/** The objects that a value stands in, the innermost first. */
type Above = { value: object; depth: number; next: Above } | null

/**
 * Makes what copies values so that they are safe to write: secrets hidden by name and by shape, errors as plain objects, cycles and depth
 * cut. It remembers what the names of fields mean.
 */
export function createRedaction(): (value: unknown) => unknown {
  const kinds = new Map<string, NameKind>()
  const kindOf: KindOf = (name) => {
    const known = kinds.get(name)
    if (known) return known
    const kind = readName(name)
    if (kinds.size < namesMax) kinds.set(name, kind)
    return kind
  }
  return (value) => walk(value, kindOf, null)
}

function readName(name: string): NameKind {
  const plain = name.replace(/[_-]/g, '')
  if (secretName.test(plain)) return 'secret'
  return mixedName.test(plain) ? 'mixed' : 'plain'
}

function walk(value: unknown, kindOf: KindOf, above: Above): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value
  if (isSecret(value)) return printed
  if (value instanceof Date) return value
  if (value instanceof URL) return redactText(value.href)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  const depth = above ? above.depth + 1 : 0
  if (depth >= depthMax || standsIn(value, above)) return '[…]'
  const inside = { value, depth, next: above }
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => walk(item, kindOf, inside))
  const shown: Record<string, unknown> = {}
  const facts = factsOf(value)
  for (const name of Object.keys(facts)) {
    const item = named(name, facts[name], kindOf, inside)
    // As an own property, whatever its name.
    if (name === '__proto__') Object.defineProperty(shown, name, { value: item, enumerable: true })
    else shown[name] = item
  }
  return shown
}

function standsIn(value: object, above: Above): boolean {
  for (let one = above; one; one = one.next) if (one.value === value) return true
  return false
}

/** What of an object is written, as its own properties. */
function factsOf(value: object): Readonly<Record<string, unknown>> {
  if (value instanceof Map) return Object.fromEntries(value)
  if (value instanceof Set) return Object.fromEntries([...value].entries())
  if (value instanceof Headers || value instanceof URLSearchParams) return Object.fromEntries(value)
  if (value instanceof Error) return factsOfError(value)
  return value as Readonly<Record<string, unknown>>
}

function factsOfError(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, stack, cause } = error
  const own = Object.entries(error).filter(([key, item]) => key !== 'cause' && isFact(key, item))
  return { name, message, stack, ...(cause === undefined ? {} : { cause }), ...Object.fromEntries(own) }
}

/** Libraries hang whole clients and sockets on their errors: of those nothing is written. */
function isFact(name: string, value: unknown): boolean {
  return typeof value !== 'object' || value === null || ['detail', 'errors'].includes(name)
}

function named(name: string, value: unknown, kindOf: KindOf, inside: Above): unknown {
  if (typeof value === 'string' || Array.isArray(value)) {
    const kind = kindOf(name)
    if (kind === 'secret') return printed
    if (kind === 'mixed' && !(typeof value === 'string' && harmlessWord.test(value))) return printed
  }
  return walk(value, kindOf, inside)
}

function looksRandom(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word)
}
