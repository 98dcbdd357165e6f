import { z } from 'zod'

/** Request headers that several operations read. */
export const ifNoneMatch = z
  .string()
  .max(1_000)
  .optional()
  .meta({ description: 'An `ETag` of an earlier answer: unchanged, the answer is 304 without a body.' })

/** Answer headers that several operations have. */
export const etagHeader = z.object({
  etag: z.string().meta({ description: 'Send it back as `If-None-Match`.', example: 'W/"g12"' }),
})
