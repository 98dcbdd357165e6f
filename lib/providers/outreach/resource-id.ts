import { z } from 'zod'

/** An id as a string: numbers in Outreach's REST resources, strings in its install payloads (providers.md 1.2). */
export const resourceId = z
  .union([z.string().trim().min(1).max(200), z.number().int().nonnegative().transform(String)])
  .refine((id) => /^[\x21-\x7e]+$/.test(id), 'an id of printable characters')
