import { withoutTokens } from '../../http/redact'

const removed = '[removed]'
const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
/** Names of fields whose whole value is left out, however deep it is. */
const secretName = /token|secret|passw|authorization|api_?key|credential|cookie|session|signature|private/i
const personalName = /e-?mail|phone|mobile|address|birth|ssn/i

/** An answer's body as a page may show it. */
export type ShownBody = { text: string; isJson: boolean }

/**
 * A body without what has the name or the shape of a secret, an e-mail address or a phone number. JSON is laid out in lines; what does
 * not parse, a body that was cut among it, is redacted as plain text.
 */
export function redactBody(text: string, contentType: string | null): ShownBody {
  if (contentType === null || /\bjson\b/i.test(contentType)) {
    const parsed = parseJson(text)
    if (parsed) return { text: JSON.stringify(redactValue(parsed.value), null, 2), isJson: true }
  }
  return { text: redactText(text), isJson: false }
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      redactText(name),
      isSecret(name, inner) ? removed : redactValue(personalName.test(name) ? withoutItems(inner) : inner),
    ]),
  )
}

/** Outreach tells numbers as lists: `"workPhones": ["+1 555 0100"]`. */
function withoutItems(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((item) => (typeof item === 'string' || typeof item === 'number' ? removed : item))
}

/** Nothing is hidden where nothing is there, so that the shape of an answer stays to be seen. */
function isSecret(name: string, value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || value === '') return false
  return secretName.test(name) || (personalName.test(name) && typeof value !== 'object')
}

function redactText(text: string): string {
  return withoutTokens(text).replace(address, removed)
}
