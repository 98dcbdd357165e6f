import { z } from 'zod'
import { parseScopes } from '../../core/scopes'

const scopes = z
  .union([z.array(z.string()), z.string().transform(parseScopes)])
  .nullish()
  .catch(null)
const seconds = z.number().nullish().catch(null)

/**
 * `/oauth/token/info` (seed 004 names it, providers.md 4.5 has its fields): `scope` and `expires_in` since Doorkeeper 5,
 * `scopes` and `expires_in_seconds` before. `resource_owner_id` is null for a token of the application itself.
 */
export const tokenInfoSchema = z
  .object({
    resource_owner_id: z
      .union([z.number().int().transform(String), z.string().trim().min(1).max(200)])
      .nullish(),
    scope: scopes,
    scopes,
    expires_in: seconds,
    expires_in_seconds: seconds,
    application: z
      .object({ uid: z.string().trim().min(1).max(300).nullish().catch(null) })
      .nullish()
      .catch(null),
  })
  .transform((info) => ({
    resourceOwnerId: info.resource_owner_id ?? null,
    scopes: info.scope ?? info.scopes ?? null,
    expiresInS: info.expires_in ?? info.expires_in_seconds ?? null,
    applicationUid: info.application?.uid ?? null,
  }))
export type TokenInfo = z.infer<typeof tokenInfoSchema>
