import { z } from 'zod'
import { environments, grantKinds, providerIds } from '../../core/provider'
import { connectionStatuses } from '../../core/status'

const instant = z.iso.datetime()

/** A connection as programs see it: who it acts for and how it stands, never a token. */
export const connectionSchema = z
  .object({
    id: z
      .string()
      .meta({ description: 'Sorts by age; it never changes.', example: 'con_01k9zq3v8e7m2n4p6r8t0w2y4a' }),
    provider: z.enum(providerIds),
    environment: z.enum(environments).meta({ description: 'Of the provider app.' }),
    sandbox: z.boolean().meta({ description: 'Whether it belongs to Patchbay’s local sandbox.' }),
    grant: z.enum(grantKinds).meta({ description: 'How its tokens are obtained.' }),
    label: z.string().nullable().meta({ description: 'Entered by an admin.' }),
    account: z
      .object({
        id: z.string().nullable().meta({ description: 'As the provider names it.' }),
        name: z.string(),
        email: z.string().nullable(),
      })
      .meta({ description: 'Who the tokens act for.' }),
    org: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
    status: z.object({
      code: z.enum(connectionStatuses),
      since: instant,
      reason: z
        .string()
        .nullable()
        .meta({ description: 'The provider’s own words on the newest failure, redacted.' }),
      next_step: z.string().nullable().meta({ description: 'What Patchbay does next by itself.' }),
      next_step_at: instant.nullable(),
    }),
    scopes: z.object({
      granted: z.array(z.string()).nullable().meta({ description: '`null`: the provider has not told.' }),
      requested: z.array(z.string()),
    }),
    api_url: z.url().meta({ description: 'Base of the provider’s API for this account.' }),
    generation: z.int().meta({ description: 'Grows with each new pair of tokens.' }),
    access_expires_at: instant.nullable(),
    reconnect_by: instant.nullable().meta({
      description:
        'Until when a person must have connected again, unless Patchbay renews before; `null`: no such end is known.',
    }),
    created_at: instant,
    last_success_at: instant.nullable(),
    last_used_at: instant
      .nullable()
      .meta({ description: 'When a program last asked for its token, to the minute.' }),
  })
  .meta({ id: 'Connection' })

export type ConnectionDto = z.input<typeof connectionSchema>

/** An id that is none reads as one that does not exist. */
export const connectionIdSchema = z
  .string()
  .meta({ description: 'Id of the connection.', example: 'con_01k9zq3v8e7m2n4p6r8t0w2y4a' })
