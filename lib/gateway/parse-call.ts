import { z } from 'zod'
import { PatchbayError } from '../core/errors'
import type { Parsed } from './operation'
import { readBody } from './read-body'

/** JSON bodies of our own operations are small. */
const bodyBytesMax = 16_384

/**
 * @throws PatchbayError `invalid_input` (detail `field`), which never repeats a value: somebody may have put a key there
 */
export function parsePart<Schema extends z.ZodType | null>(schema: Schema, value: unknown): Parsed<Schema> {
  // The compiler cannot tell that the schema's absence is the other branch of the type.
  if (schema === null) return null as Parsed<Schema>
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data as Parsed<Schema>
  throw faultOf('invalid_input', schema, parsed.error)
}

/** Each parameter at most once, and none that the operation does not know: a slip of the pen is told, not passed over. */
export function queryParser<Schema extends z.ZodObject | null>(
  schema: Schema,
): (search: string) => Parsed<Schema> {
  if (schema === null) return () => null as Parsed<Schema>
  // Most requests have no query: what that means is parsed once.
  const nothing = schema.safeParse({})
  return (search) => {
    if (search.length <= 1 && nothing.success) return nothing.data as Parsed<Schema>
    return parsePart(schema, queryValues(schema, search))
  }
}

function queryValues(schema: z.ZodObject, search: string): Record<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(search)) {
    if (!Object.hasOwn(schema.shape, name)) throw unknownParameter(schema)
    if (values.has(name))
      throw new PatchbayError('invalid_input', `The parameter ${name} is given twice.`, { field: name })
    values.set(name, value)
  }
  return Object.fromEntries(values)
}

/** Headers that the operation reads, by name; others are none of its business. */
export function headerParser<Schema extends z.ZodObject | null>(
  schema: Schema,
): (headers: Headers) => Parsed<Schema> {
  if (schema === null) return () => null as Parsed<Schema>
  const names = Object.keys(schema.shape)
  const nothing = schema.safeParse({})
  return (headers) => {
    const values: Record<string, string> = {}
    let isEmpty = true
    for (const name of names) {
      const value = headers.get(name)
      if (value === null) continue
      values[name] = value
      isEmpty = false
    }
    return isEmpty && nothing.success ? (nothing.data as Parsed<Schema>) : parsePart(schema, values)
  }
}

/**
 * A JSON body of at most 16 KiB; nothing at all is `undefined`.
 *
 * @throws PatchbayError `body_invalid`, `body_too_large`, `media_type_unsupported`
 */
export async function parseBody<Schema extends z.ZodType | null>(
  schema: Schema,
  request: Request,
): Promise<Parsed<Schema>> {
  if (schema === null) return null as Parsed<Schema>
  const text = await readBody(request, bodyBytesMax)
  const parsed = schema.safeParse(text === '' ? undefined : jsonOf(text, request.headers))
  if (parsed.success) return parsed.data as Parsed<Schema>
  throw faultOf('body_invalid', schema, parsed.error)
}

function jsonOf(text: string, headers: Headers): unknown {
  const type = headers.get('content-type')
  if (!/^(identity)?$/i.test(headers.get('content-encoding') ?? ''))
    throw new PatchbayError('media_type_unsupported', 'The body must not be compressed.')
  if (type !== null && !/^application\/(json|[\w.-]+\+json) *(;|$)/i.test(type))
    throw new PatchbayError('media_type_unsupported', 'The body has to be sent as application/json.')
  try {
    return JSON.parse(text)
  } catch {
    throw new PatchbayError('body_invalid', 'The body is not JSON.')
  }
}

function faultOf(
  code: 'invalid_input' | 'body_invalid',
  schema: z.ZodType,
  error: z.ZodError,
): PatchbayError {
  const issue = error.issues[0]
  const name = issue?.path[0]
  const known = schema instanceof z.ZodObject && typeof name === 'string' && Object.hasOwn(schema.shape, name)
  if (!known || typeof name !== 'string')
    return new PatchbayError(code, 'The request is not as the reference describes it.')
  return new PatchbayError(code, `${name}: ${issue?.message ?? 'not right'}`, { field: name })
}

function unknownParameter(schema: z.ZodObject): PatchbayError {
  const names = Object.keys(schema.shape)
  const words =
    names.length > 0 ? `This takes the parameters ${names.join(', ')} only.` : 'This takes no parameters.'
  return new PatchbayError('invalid_input', words)
}
