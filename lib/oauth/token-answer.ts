import { z } from 'zod'
import { parseScopes } from '../core/scopes'
import { Secret } from '../core/secret'

const ttlSecondsMax = 10 * 365 * 24 * 60 * 60

/** Printable ASCII (RFC 6749, appendix A.12): anything else could not be sent back in a header. */
const token = z
  .string()
  .min(1)
  .max(16_384)
  .regex(/^[\x20-\x7e]+$/)
  .transform(Secret.of)

/** A scope (RFC 6749, 3.3). What is not one is left out: no grant is lost for an odd character. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Seconds to live. What is not a plausible span is taken as not told: a token is not thrown away for its clock. */
const lifetime = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*\d{1,12}(\.\d+)?\s*$/)
      .transform(Number),
  ])
  .pipe(z.number().min(0).max(ttlSecondsMax))
  .nullish()
  .catch(null)

/**
 * A token answer (RFC 6749, 5.1). `expires` is the older Outreach name (seed 002); `refresh_token_expires_in` is Envoy's
 * (seed 003). `created_at` is not read: clocks count from our own sending of the request.
 */
export const tokenAnswerSchema = z.object({
  access_token: token,
  // Compared without case: Outstand's own page has `bearer` (seed 004). Seed 002 lists none.
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .nullish(),
  refresh_token: z.union([z.literal('').transform(() => null), token]).nullish(),
  expires_in: lifetime,
  expires: lifetime,
  refresh_token_expires_in: lifetime,
  scope: z
    .union([z.string().transform(parseScopes), z.array(z.string())])
    .transform((scopes) => scopes.filter((scope) => scopeToken.test(scope)))
    .nullish()
    .catch(null),
})

export type IssuedTokens = {
  accessToken: Secret
  refreshToken: Secret | null
  accessExpiresAt: Date | null
  refreshExpiresAt: Date | null
  scopes: string[] | null
}

/**
 * Reads a token answer into absolute instants.
 *
 * @param requestedAt when the request was sent: the earliest instant the lifetimes can count from
 * @returns `null` when it is not a token answer
 */
export function readIssuedTokens(json: unknown, requestedAt: Date): IssuedTokens | null {
  const parsed = tokenAnswerSchema.safeParse(json)
  if (!parsed.success) return null
  const answer = parsed.data
  const refreshToken = answer.refresh_token ?? null
  return {
    accessToken: answer.access_token,
    refreshToken,
    accessExpiresAt: after(requestedAt, answer.expires_in ?? answer.expires),
    refreshExpiresAt: refreshToken === null ? null : after(requestedAt, answer.refresh_token_expires_in),
    scopes: answer.scope ?? null,
  }
}

function after(start: Date, seconds: number | null | undefined): Date | null {
  return seconds === null || seconds === undefined ? null : new Date(start.getTime() + seconds * 1000)
}
