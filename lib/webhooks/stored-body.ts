import type { ProviderId } from '../core/provider'
import { Secret } from '../core/secret'
import type { JsonValue } from '../db/client'
import { fingerprint } from '../http/fingerprint'

/**
 * What is kept of one field: `value` a scalar as it is, `token` its fingerprint, `names` only what its own fields are
 * called (form values and visitors' data are nobody's business here). A field the shape does not know keeps its name alone.
 */
type Shape = 'value' | 'token' | 'names' | { readonly [field: string]: Shape }

const textMax = 200
const namesMax = 50

const identifier: Shape = { type: 'value', id: 'value' }
const named: Shape = { type: 'value', id: 'value', attributes: { name: 'value' } }

/** App lifecycle webhook (providers.md 1.6). */
const outreachShape: Shape = {
  data: {
    type: 'value',
    id: 'value',
    relationships: { app: { data: identifier }, org: { data: identifier } },
  },
  meta: { deliveredAt: 'value', eventName: 'value' },
}

const envoyMeta: Shape = {
  auth: {
    token_type: 'value',
    access_token: 'token',
    expires_in: 'value',
    refresh_token: 'token',
    refresh_token_expires_in: 'value',
    company_id: 'value',
  },
  route: 'value',
  event: 'value',
  plugin_id: 'value',
  install_id: 'value',
  job: { id: 'value', name: 'value', identifier: 'value' },
  company: named,
  location: named,
  zone: named,
  config: 'names',
  params: 'names',
  forwarded_bearer_token: 'token',
}

/** Both envelopes of Envoy (seed 003, providers.md 2.6). */
const envoyShape: Shape = {
  name: 'value',
  meta: envoyMeta,
  request_meta: envoyMeta,
  payload: 'names',
  request_body: 'names',
  plugin_install: { id: 'value', config: 'names', storage: 'names' },
}

/** providers.md 3.4. */
const outstandShape: Shape = {
  username: 'value',
  status: 'value',
  resource_type: 'value',
  resource_id: 'value',
  event: 'value',
  user_id: 'value',
  account_id: 'value',
}

const shapes: Record<ProviderId, Shape> = {
  outreach: outreachShape,
  envoy: envoyShape,
  outstand: outstandShape,
}

/**
 * A webhook's body as it may be stored and shown: known fields by schema, tokens as fingerprints, all else by name only.
 *
 * @param body the parsed JSON
 */
export function storedBody(provider: ProviderId, body: unknown): JsonValue {
  return keep(shapes[provider], body) ?? { empty: true }
}

function keep(shape: Shape, value: unknown): JsonValue | null {
  if (value === null || value === undefined) return null
  if (shape === 'token')
    return typeof value === 'string' ? `sha256:${fingerprint(Secret.of(value))}` : '(hidden)'
  if (shape === 'names') return names(value)
  if (shape === 'value') return scalar(value)
  if (!isRecord(value)) return names(value)
  const kept: Record<string, JsonValue | null> = {}
  const others: string[] = []
  for (const [field, part] of Object.entries(value)) {
    const known = Object.hasOwn(shape, field) ? shape[field] : undefined
    if (known === undefined) others.push(cut(field))
    else kept[field] = keep(known, part)
  }
  if (others.length > 0) kept.otherFields = others.slice(0, namesMax)
  return kept
}

function scalar(value: unknown): JsonValue {
  if (typeof value === 'string') return cut(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return names(value)
}

function names(value: unknown): JsonValue {
  if (Array.isArray(value)) return { items: value.length }
  if (!isRecord(value)) return `(${typeof value})`
  return { fields: Object.keys(value).slice(0, namesMax).map(cut) }
}

function cut(text: string): string {
  return text.length > textMax ? `${text.slice(0, textMax)}…` : text
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
