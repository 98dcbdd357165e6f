import { z } from 'zod'
import { apiScopes } from '../core/api-scopes'
import { providerIds } from '../core/provider'

export const keyConnectionsMax = 200
const requestsMax = 1_000_000

/** What an admin enters about a key, field by field; a message stands beside its field. */
export const keyFields = {
  keyId: z.string().max(64),
  name: z
    .string()
    .trim()
    .min(1, 'Give the key a name.')
    .max(80, 'At most 80 characters.')
    .regex(/^[^\p{Cc}]*$/u, 'It holds a line break or another control character.'),
  scopes: z
    .array(z.enum(apiScopes, 'One of these scopes is not known.'))
    .min(1, 'Choose what the key may do.')
    .transform((chosen) => apiScopes.filter((scope) => chosen.includes(scope))),
  /** Empty: every provider, those of later versions too. */
  providers: z
    .array(z.enum(providerIds, 'One of these providers is not known.'))
    .transform((chosen) => providerIds.filter((id) => chosen.includes(id))),
  /** Empty: every connection, later ones too. */
  connectionIds: z
    .array(z.string().max(64))
    .max(keyConnectionsMax, `At most ${keyConnectionsMax} connections.`)
    .transform((ids) => [...new Set(ids)]),
  expiresAt: z.date('Choose when the key ends.').nullable(),
  requestsPerMinute: z
    .int('Enter a whole number.')
    .min(1, 'At least 1.')
    .max(requestsMax, 'At most 1,000,000.')
    .nullable(),
} as const
