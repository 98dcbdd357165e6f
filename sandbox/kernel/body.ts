import { noteCall } from './calls'
import type { CallContext } from './contract'

/** Fields of a request by name; a field given twice has two values. */
export type Fields = ReadonlyMap<string, readonly string[]>

export type BodyKind = 'none' | 'form' | 'json' | 'json_api' | 'multipart' | 'other' | 'malformed'

export type ReadBody = {
  /** By the Content-Type alone; `malformed` when the bytes are not what it promises. */
  readonly kind: BodyKind
  readonly raw: Uint8Array
  /** The top-level members of a JSON object or the fields of a form, as text. */
  readonly fields: Fields
  /** The parsed JSON, undefined for other kinds. */
  readonly json: unknown
}

const KINDS: Readonly<Record<string, BodyKind>> = {
  'application/x-www-form-urlencoded': 'form',
  'application/json': 'json',
  'application/vnd.api+json': 'json_api',
  'multipart/form-data': 'multipart',
}
const NO_FIELDS: Fields = new Map()

/** Reads a request body strictly by its Content-Type and notes grant type and field names for the call log. */
export async function readBody(c: CallContext): Promise<ReadBody> {
  const raw = new Uint8Array(await c.req.raw.arrayBuffer())
  const contentType = c.req.header('content-type') ?? ''
  const body = await parseBody(raw, contentType)
  noteCall(c, body.fields)
  return body
}

/** The same from bytes and a Content-Type value. */
export async function parseBody(raw: Uint8Array, contentType: string): Promise<ReadBody> {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  const kind = raw.byteLength === 0 ? 'none' : (KINDS[type] ?? 'other')
  try {
    switch (kind) {
      case 'form':
        return { kind, raw, fields: collect(new URLSearchParams(utf8(raw))), json: undefined }
      case 'multipart':
        return { kind, raw, fields: await multipartFields(raw, contentType), json: undefined }
      case 'json':
      case 'json_api': {
        const json: unknown = JSON.parse(utf8(raw))
        return { kind, raw, fields: jsonFields(json), json }
      }
      default:
        return { kind, raw, fields: NO_FIELDS, json: undefined }
    }
  } catch {
    return { kind: 'malformed', raw, fields: NO_FIELDS, json: undefined }
  }
}

/** The single value of a field; undefined when it is missing, empty or given more than once. */
export function single(fields: Fields, name: string): string | undefined {
  const values = fields.get(name)
  return values?.length === 1 && values[0] !== '' ? values[0] : undefined
}

function utf8(raw: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(raw)
}

function collect(pairs: Iterable<readonly [string, unknown]>): Fields {
  const fields = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const text = asText(value)
    if (text !== undefined) fields.set(name, [...(fields.get(name) ?? []), text])
  }
  return fields
}

async function multipartFields(raw: Uint8Array, contentType: string): Promise<Fields> {
  const form = await new Response(new Uint8Array(raw), {
    headers: { 'content-type': contentType },
  }).formData()
  return collect(form.entries())
}

function jsonFields(json: unknown): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return NO_FIELDS
  return collect(
    Object.entries(json).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one: unknown) => [name, one] as const) : [[name, value] as const],
    ),
  )
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
