import { z } from 'zod'

/** Every status of the user document (outstand/api-docs, application_endpoints.md). */
export const USER_STATUSES = [
  'active',
  'dunning',
  'disabled',
  'suspended',
  'canceled',
  'incomplete',
  'needs_plan',
] as const
export type UserStatus = (typeof USER_STATUSES)[number]

export const SIGNATURE_DIGESTS = ['sha256', 'sha512'] as const
export type SignatureDigest = (typeof SIGNATURE_DIGESTS)[number]

const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  accountId: z.string(),
  /** Of the white label, or one of Outstand's own customers. */
  whiteLabel: z.boolean(),
  status: z.enum(USER_STATUSES),
  /** The legacy token of the user document. */
  authenticationToken: z.string(),
  deletedAtMs: z.number().nullable(),
})

const contactSchema = z.object({
  id: z.number(),
  ownerId: z.string(),
  firstName: z.string(),
  middleInitial: z.string().nullable(),
  lastName: z.string(),
  title: z.string().nullable(),
  companyName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})

const settingsSchema = z.object({
  limit: z.number(),
  windowS: z.number(),
  /** The document names no unit; a measured rack-attack gives seconds. */
  retryAfter: z.enum(['seconds', 'http_date']),
  /** Whether calls of /oauth/token count too is not documented. */
  countsTokenCalls: z.boolean(),
  /** What a request without scope gets; which ones the real Outstand gives is not documented. */
  defaultScopes: z.array(z.string()),
  digest: z.enum(SIGNATURE_DIGESTS),
})

export const outstandStateSchema = z.object({
  settings: settingsSchema,
  users: z.array(userSchema),
  /** Contacts that were made or changed over the API; the others are computed. */
  contacts: z.array(contactSchema),
  deletedContactIds: z.array(z.number()),
  windows: z.record(z.string(), z.object({ index: z.number(), count: z.number() })),
  nextUserId: z.number(),
  nextContactId: z.number(),
  nextWebhookId: z.number(),
})

export type OutstandUser = z.infer<typeof userSchema>
export type StoredContact = z.infer<typeof contactSchema>
export type OutstandState = z.infer<typeof outstandStateSchema>

export const USER_SCOPES = ['identity', 'read', 'write'] as const
export const APPLICATION_SCOPE = 'provision_users'

/** The first day: two customers of Outstand, three of the white label. `newToken` makes their legacy tokens. */
export function initialState(newToken: () => string): OutstandState {
  const user = (
    id: number,
    firstName: string,
    lastName: string,
    email: string,
    accountId: string,
    whiteLabel: boolean,
  ): OutstandUser => ({
    id: String(id),
    username: `user${10_000 + id}`,
    firstName,
    lastName,
    email,
    accountId,
    whiteLabel,
    status: 'active',
    authenticationToken: newToken(),
    deletedAtMs: null,
  })
  return {
    settings: {
      limit: 300,
      windowS: 300,
      retryAfter: 'seconds',
      countsTokenCalls: false,
      defaultScopes: [...USER_SCOPES],
      digest: 'sha256',
    },
    users: [
      user(4861, 'Joan', 'Mercer', 'joan@mercer-realty.example', '7829', false),
      user(4862, 'Samir', 'Haddad', 'samir@haddad-insurance.example', '7830', false),
      user(4870, 'Lena', 'Voss', 'lena@crestline.example', '7901', true),
      user(4871, 'Omar', 'Keita', 'omar@crestline.example', '7902', true),
      user(4872, 'Ruth', 'Adler', 'ruth@crestline.example', '7903', true),
    ],
    contacts: [],
    deletedContactIds: [],
    windows: {},
    nextUserId: 4873,
    nextContactId: 900_001,
    nextWebhookId: 1,
  }
}
