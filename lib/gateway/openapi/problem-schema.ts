import { z } from 'zod'
import { type ProblemCode, problemTable } from '../problem-table'

/** Codes that any operation may answer. */
export const commonProblems: readonly ProblemCode[] = [
  'invalid_input',
  'key_invalid',
  'scope_missing',
  'too_many_requests',
  'internal_error',
  'database_unreachable',
]

/** Codes that are documented: all but those of pages and callbacks. */
export const documentedCodes = Object.entries(problemTable)
  .filter(([, { advice }]) => advice !== null)
  // `Object.entries` forgets what the keys are.
  .map(([code]) => code as ProblemCode)

export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:patchbay:problem:needs_reconnect' }),
    title: z.string().meta({ description: 'The same for every problem of this code.' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened here, in words for a person.' }),
    instance: z.string().meta({ description: 'Names this one answer; the log has it too.' }),
    code: z
      .enum(documentedCodes)
      .meta({ description: 'Stable: programs decide by it.', example: 'needs_reconnect' }),
    retry_at: z.iso.datetime().optional().meta({ description: 'The same instant as `Retry-After`.' }),
    scope: z.string().optional().meta({ description: 'The scope that the key lacks.' }),
    reason: z.string().optional().meta({ description: 'Why the key is not valid.' }),
    field: z.string().optional().meta({ description: 'The parameter, header or member that is not right.' }),
    limit: z.int().optional().meta({ description: 'The limit that is reached.' }),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457).' })

export const retryAfterHeader = z
  .string()
  .optional()
  .meta({ description: 'Whole seconds to wait, where that helps.', example: '17' })
