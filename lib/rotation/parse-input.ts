import type { z } from 'zod'
import { PatchbayError } from '../core/errors'

/**
 * A verb's input as its schema has it.
 *
 * @throws PatchbayError `invalid_input`, naming the field and never its value
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  throw new PatchbayError(
    'invalid_input',
    field ? `The field ${field} is not right.` : 'The input is not right.',
    {
      field,
    },
  )
}
