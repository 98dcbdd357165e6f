import { z } from 'zod'

/**
 * When a refresh token that was used dies (providers.md sections 4.2 and 8): on the first use of the access token it
 * was traded for, at once, or some time later whatever happens.
 */
export const ROTATION_MODES = ['first_use', 'immediate', 'grace'] as const

const settingsSchema = z.object({
  rotation: z.enum(ROTATION_MODES),
  /** For `grace`: seconds; null means until the token's own end. */
  graceS: z.number().nullable(),
  /** `ignored`: as a Doorkeeper whose tables lack the PKCE columns, where even a wrong verifier passes. */
  pkce: z.enum(['checked', 'ignored']),
})

/** One row holds an access token and its refresh token, as in Doorkeeper: revoking it kills both. */
const tokenRowSchema = z.object({
  id: z.number(),
  clientId: z.string(),
  /** Null for a token that belongs to no person (client_credentials). */
  ownerId: z.string().nullable(),
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  scopes: z.array(z.string()),
  createdAtMs: z.number(),
  accessExpiresAtMs: z.number(),
  /** Null where refresh tokens have no end of their own. */
  refreshExpiresAtMs: z.number().nullable(),
  revokedAtMs: z.number().nullable(),
  /** In mode `first_use`: the row that dies when this access token is first used. */
  previousRowId: z.number().nullable(),
})

const codeRowSchema = z.object({
  code: z.string(),
  clientId: z.string(),
  ownerId: z.string(),
  redirectUri: z.string(),
  scopes: z.array(z.string()),
  challenge: z.object({ value: z.string(), method: z.enum(['S256', 'plain']) }).nullable(),
  expiresAtMs: z.number(),
  used: z.boolean(),
})

const sessionRowSchema = z.object({
  id: z.string(),
  ownerId: z.string(),
  formToken: z.string(),
  expiresAtMs: z.number(),
})

export const doorkeeperStateSchema = z.object({
  settings: settingsSchema,
  tokens: z.array(tokenRowSchema),
  codes: z.array(codeRowSchema),
  sessions: z.array(sessionRowSchema),
  nextId: z.number(),
})

export type RotationMode = (typeof ROTATION_MODES)[number]
export type TokenRow = z.infer<typeof tokenRowSchema>
export type CodeRow = z.infer<typeof codeRowSchema>
export type SessionRow = z.infer<typeof sessionRowSchema>
export type DoorkeeperState = z.infer<typeof doorkeeperStateSchema>

export const STATE_VERSION = 1

/** The first day: no tokens, PKCE checked, refresh tokens that die on first use. */
export function initialState(): DoorkeeperState {
  return {
    settings: { rotation: 'first_use', graceS: 600, pkce: 'checked' },
    tokens: [],
    codes: [],
    sessions: [],
    nextId: 1,
  }
}
