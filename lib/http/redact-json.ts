import { Secret } from '../core/secret'
import { fingerprint } from './fingerprint'
import { withoutTokens } from './redact'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const secretName =
  /(?:token|secret|password|passwd|passphrase|authorization|cookie|verifier|private_?key|api_?key|assertion|credentials?)$/i
/** Names that end like a secret and hold none. */
const harmlessName = /^(?:token_type|.*_expires_in)$/i
const depthMax = 12
const itemsMax = 200

/**
 * A copy of parsed JSON that may be stored and shown: the text under a name of a secret becomes `sha256:` and its
 * fingerprint, and what has the shape of a token is taken out of every other text.
 */
export function redactJson(value: unknown, depth = 0): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') return withoutTokens(value)
  if (typeof value !== 'object' || depth >= depthMax) return '[…]'
  if (Array.isArray(value)) return value.slice(0, itemsMax).map((item) => redactJson(item, depth + 1))
  const entries = Object.entries(value).slice(0, itemsMax)
  return Object.fromEntries(entries.map(([name, item]) => [name, redactNamed(name, item, depth)]))
}

function redactNamed(name: string, value: unknown, depth: number): Json {
  if (!secretName.test(name) || harmlessName.test(name)) return redactJson(value, depth + 1)
  if (value === null || typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === '' ? '' : `sha256:${fingerprint(Secret.of(text))}`
}
