import { z } from 'zod'

/** One installation of the S2S app in one org. `guid` is INSTALL_ID. */
export const installSchema = z.object({
  guid: z.string(),
  orgId: z.number(),
  installedById: z.number(),
  installedAtMs: z.number(),
  deletedAtMs: z.number().nullable(),
})
export type Install = z.infer<typeof installSchema>

/** A setup token as it was appended to the landing URL, kept only as a hash. */
const setupTokenSchema = z.object({
  hash: z.string(),
  installGuid: z.string(),
  issuedAtMs: z.number(),
  used: z.boolean(),
})
export type SetupToken = z.infer<typeof setupTokenSchema>

/** An S2S access token, kept only as a hash. */
const s2sTokenSchema = z.object({
  hash: z.string(),
  installGuid: z.string(),
  scopes: z.array(z.string()),
  expiresAtMs: z.number(),
  revoked: z.boolean(),
})
export type S2sToken = z.infer<typeof s2sTokenSchema>

/** What Outreach does or does not do where no document says which (providers.md 7); each is a switch. */
export const switchesSchema = z.object({
  /** How the limit headers write two values and the reset. */
  remaining: z.enum(['one', 'two']),
  reset: z.enum(['epoch', 'iso', 'delta']),
  /** Which of an install's two messages comes, and in which order. */
  installOrder: z.enum(['webhook_first', 'landing_first', 'at_once', 'webhook_only', 'landing_only']),
  /** Whether a setup token can be validated more than once within its 15 minutes. */
  setupTokenUse: z.enum(['many', 'once']),
  /** Status of an S2S call for an org that is locked, and for one that is deleted. */
  lockedStatus: z.union([z.literal(403), z.literal(404), z.literal(410), z.literal(422)]),
  deletedStatus: z.union([z.literal(403), z.literal(404), z.literal(410), z.literal(422)]),
  /** Whether the API root answers an S2S token, which has no user. */
  s2sRoot: z.enum(['refused', 'answered']),
  /** Whether the one-mint-a-minute rule holds for S2S tokens too. */
  s2sMintThrottle: z.boolean(),
  /** Whether `/oauth/revoke` exists, as on a stock Doorkeeper. */
  revokeEndpoint: z.boolean(),
  /** Whether a user's token can be minted once a minute only, as documented; benchmarks do without. */
  mintThrottle: z.boolean(),
  /** Whether the mint throttle's 429 says when to come back. */
  mintRetryAfter: z.boolean(),
  /** Whether a GET without `Content-Type: application/vnd.api+json` is refused as the documents say. */
  strictGet: z.boolean(),
})
export type Switches = z.infer<typeof switchesSchema>

const recordSchema = z.object({ id: z.number(), attributes: z.record(z.string(), z.unknown()) })

/** How one lifecycle webhook was received. `status` is null when there was no answer. */
const deliverySchema = z.object({
  id: z.string(),
  eventName: z.string(),
  installGuid: z.string(),
  atMs: z.number(),
  status: z.number().nullable(),
  error: z.string().nullable(),
})
export type Delivery = z.infer<typeof deliverySchema>

/** A person's standing consent to a development or production app. */
const consentSchema = z.object({ personId: z.number(), firstAtMs: z.number(), atMs: z.number() })

/** Everything of this Outreach that survives a restart, but for the OAuth tokens, which the Doorkeeper keeps. */
export const outreachStateSchema = z.object({
  switches: switchesSchema,
  /** By app key. */
  consents: z.record(z.string(), z.array(consentSchema)),
  /** When a token was last minted, by client and person or by app and install. */
  lastMintsMs: z.record(z.string(), z.number()),
  installs: z.array(installSchema),
  setupTokens: z.array(setupTokenSchema),
  s2sTokens: z.array(s2sTokenSchema),
  deliveries: z.array(deliverySchema),
  lockedOrgs: z.array(z.number()),
  deletedOrgs: z.array(z.number()),
  counters: z.record(z.string(), z.object({ startMs: z.number(), used: z.number() })),
  maintenanceUntilMs: z.number().nullable(),
  changed: z.record(z.string(), z.array(recordSchema)),
  /** Scopes that an app was re-registered with, by app key; the others have those they began with. */
  appScopes: z.record(z.string(), z.array(z.string())),
})
export type OutreachState = z.infer<typeof outreachStateSchema>

/** The first day: nothing installed, nothing consented to, and every unknown as the likeliest guess has it. */
export function initialState(): OutreachState {
  return {
    switches: {
      remaining: 'one',
      reset: 'epoch',
      installOrder: 'webhook_first',
      setupTokenUse: 'many',
      lockedStatus: 403,
      deletedStatus: 404,
      s2sRoot: 'refused',
      s2sMintThrottle: false,
      revokeEndpoint: false,
      mintThrottle: true,
      mintRetryAfter: false,
      strictGet: false,
    },
    consents: {},
    lastMintsMs: {},
    installs: [],
    setupTokens: [],
    s2sTokens: [],
    deliveries: [],
    lockedOrgs: [],
    deletedOrgs: [],
    counters: {},
    maintenanceUntilMs: null,
    changed: {},
    appScopes: {},
  }
}
