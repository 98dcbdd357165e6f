import { z } from 'zod'

/** An id as a string: Envoy's samples have numbers and strings for the same field (providers.md 2.6). */
export const wireId = z.union([
  z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,120}$/),
  z.number().int().nonnegative().transform(String),
])
