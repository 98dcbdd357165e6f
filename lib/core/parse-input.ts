import type { z } from 'zod'
import { PatchbayError } from './errors'

/**
 * What a person has entered, as `schema` reads it. Messages of the schema that are sentences are shown beside their field.
 *
 * @throws PatchbayError `invalid_input` with the field and what is wrong with it; never what was entered
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const words = issue && /^[A-Z“]/.test(issue.message) ? issue.message : 'This is not right.'
  throw new PatchbayError('invalid_input', words, { field: String(issue?.path[0] ?? '') })
}
