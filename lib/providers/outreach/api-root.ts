import { z } from 'zod'
import { parseScopes } from '../../core/scopes'
import { resourceId } from './resource-id'

const word = z.string().trim().max(300).nullish().catch(null)

/**
 * Root of the REST API: the org as primary data, user and live scopes in `meta` (providers.md 1.4). It is not in Outreach's
 * OpenAPI, so every field may be missing.
 */
export const apiRootSchema = z.object({
  data: z
    .object({
      id: resourceId,
      attributes: z.object({ name: word }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  meta: z
    .object({
      scopes: z
        .union([z.array(z.string()), z.string().transform(parseScopes)])
        .nullish()
        .catch(null),
      user: z.object({ id: resourceId, email: word, firstName: word, lastName: word }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
export type ApiRoot = z.infer<typeof apiRootSchema>
