import { z } from 'zod'

/**
 * A query parameter of digits alone, as a number: `z.coerce` would take `1e3`, blanks and hexadecimal figures too. The document says
 * that it is an integer.
 */
export function wholeNumber(facts: { min: number; max: number; default: number; description: string }) {
  const { min, max, description } = facts
  const words = `a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,9}$/, words)
    .transform(Number)
    .pipe(z.int().min(min, words).max(max, words))
    .default(facts.default)
    .meta({
      description,
      override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
        delete jsonSchema.pattern
        Object.assign(jsonSchema, { type: 'integer', minimum: min, maximum: max, default: facts.default })
      },
    })
}
