/** JSON Schema as the OpenAPI document has it: as much of it as our schemas use. */
type Schema = Readonly<Record<string, unknown>>

export type SchemaField = {
  /** Dotted within objects: `account.name`. */
  name: string
  type: string
  /** Name of a schema that is told elsewhere. */
  ref: string | null
  description: string | null
}

/** A type in a few words: `string or null`, `one of a, b`, `list of Connection`, `whole number, 0 to 86400`. */
export function typeWords(schema: Schema): string {
  const ref = refName(schema)
  if (ref) return ref
  if (Array.isArray(schema.anyOf)) return schema.anyOf.filter(isSchema).map(typeWords).join(' or ')
  if (Array.isArray(schema.enum)) return choiceWords(schema.enum)
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeWords({ ...schema, type })).join(' or ')
  switch (schema.type) {
    case 'integer':
      return `whole number${rangeWords(schema)}`
    case 'array':
      return `list of ${isSchema(schema.items) ? typeWords(schema.items) : 'anything'}`
    case 'string':
      return stringWords(schema.format)
    case 'boolean':
      return 'true or false'
    default:
      return typeof schema.type === 'string' ? schema.type : 'anything'
  }
}

/** The members of an object, those of objects within it among them. */
export function fieldsOf(schema: Schema, prefix = ''): SchemaField[] {
  if (!isSchema(schema.properties)) return []
  return Object.entries(schema.properties).flatMap(([key, inner]) => {
    if (!isSchema(inner)) return []
    const name = `${prefix}${key}`
    const within = fieldsOf(inner, `${name}.`)
    if (within.length > 0) return within
    const description = typeof inner.description === 'string' ? inner.description : null
    return [{ name, type: typeWords(inner), ref: refIn(inner), description }]
  })
}

/** The name of the schema that this one stands for, `null` where it speaks for itself. */
export function refName(schema: Schema): string | null {
  return typeof schema.$ref === 'string' ? (schema.$ref.split('/').at(-1) ?? null) : null
}

function refIn(schema: Schema): string | null {
  const inner = [schema, schema.items, ...(Array.isArray(schema.anyOf) ? schema.anyOf : [])].filter(isSchema)
  return inner.map(refName).find((name) => name !== null) ?? null
}

/** A long list of words is told elsewhere on the page. */
function choiceWords(words: readonly unknown[]): string {
  return words.length > 10 ? `one of ${words.length} words` : `one of ${words.join(', ')}`
}

/** Bounds of our own; those of JavaScript's numbers tell nobody anything. */
function rangeWords({ minimum, maximum }: Schema): string {
  const from = typeof minimum === 'number' && minimum > -1e9 ? minimum : null
  const to = typeof maximum === 'number' && maximum < 1e9 ? maximum : null
  if (from === null && to === null) return ''
  if (to === null) return `, ${from} or more`
  return from === null ? `, at most ${to}` : `, ${from} to ${to}`
}

function stringWords(format: unknown): string {
  switch (format) {
    case 'date-time':
      return 'instant (RFC 3339)'
    case 'uri':
      return 'URL'
    default:
      return 'string'
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
