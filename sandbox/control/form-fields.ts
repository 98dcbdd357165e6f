import { z } from 'zod'

/** One input of an action as a form shows it. */
export type FormField = {
  readonly name: string
  readonly kind: 'text' | 'number' | 'choice' | 'list' | 'json'
  /** For a choice: the values as JSON, in order. */
  readonly choices: readonly unknown[]
  readonly nullable: boolean
  readonly required: boolean
  readonly fallback: unknown
  readonly hint: string
}

const propertySchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.looseObject({})).optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
})
const objectSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
})
type Property = z.infer<typeof propertySchema>

/** The JSON schema of what an action takes. */
export function inputJsonSchema(input: z.ZodObject): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return schema
}

/** The fields of an action's form, read from its JSON schema. */
export function formFields(input: z.ZodObject): FormField[] {
  const schema = objectSchema.parse(inputJsonSchema(input))
  return Object.entries(schema.properties).map(([name, property]) => {
    const variants = variantsOf(property)
    const types = variants.flatMap((variant) => variant.type ?? [])
    const choices = choicesOf(variants)
    return {
      name,
      kind: choices.length > 0 ? 'choice' : kindOf(types),
      choices,
      nullable: types.includes('null'),
      required: schema.required.includes(name),
      fallback: property.default,
      hint: property.description ?? '',
    }
  })
}

/** What a submitted form means as JSON: empty is null where null is allowed, else left out. */
export function formInput(
  fields: readonly FormField[],
  sent: ReadonlyMap<string, readonly string[]>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const field of fields) {
    const text = sent.get(field.name)?.[0]
    if (text === undefined) continue
    if (text === '') {
      if (field.nullable) input[field.name] = null
    } else input[field.name] = readField(field, text)
  }
  return input
}

function readField(field: FormField, text: string): unknown {
  switch (field.kind) {
    case 'number':
      return Number(text)
    case 'list':
      return text.split(/[\s,]+/).filter((part) => part !== '')
    case 'choice':
      return field.choices.find((choice) => [String(choice), JSON.stringify(choice)].includes(text)) ?? text
    case 'json':
      return readJson(text)
    default:
      return text
  }
}

/** Text that is no JSON stays text, and the action's own schema says what is wrong with it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function variantsOf(property: Property): Property[] {
  return property.anyOf === undefined
    ? [property]
    : property.anyOf.map((variant) => propertySchema.parse(variant))
}

function choicesOf(variants: readonly Property[]): unknown[] {
  return variants.flatMap((variant) => {
    if (variant.enum !== undefined) return variant.enum
    if ('const' in variant) return [variant.const]
    return variant.type === 'boolean' ? [true, false] : []
  })
}

function kindOf(types: readonly string[]): FormField['kind'] {
  if (types.includes('integer') || types.includes('number')) return 'number'
  if (types.includes('array')) return 'list'
  return types.includes('string') ? 'text' : 'json'
}
