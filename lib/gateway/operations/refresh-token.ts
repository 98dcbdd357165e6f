import { z } from 'zod'
import { type KeyHolder, mayReach } from '../../api-keys/key-holder'
import { PatchbayError } from '../../core/errors'
import type { Deps } from '../../deps'
import { jobDeadlineMs } from '../../rotation/call-context'
import { renewFor } from '../../rotation/refresh-now'
import { connectionEnded, rotationFault } from '../../rotation/rotation-fault'
import { connectionIdSchema } from '../connections/connection-schema'
import { isConnectionId, noSuchConnection } from '../connections/not-found'
import { defineOperation } from '../define-operation'
import { jsonAnswer } from '../own-headers'
import { firstMeant } from '../refresh/refresh-request'
import { tokenProblems } from '../token-problems'

const refreshedSchema = z
  .object({
    connection_id: z.string(),
    renewed: z
      .boolean()
      .meta({ description: 'Whether the pair that was meant has been replaced, now or before.' }),
    generation: z.int().meta({ description: 'Of the pair that is stored now.' }),
    access_expires_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Refreshed' })

const bodySchema = z
  .strictObject({
    generation: z.int().min(0).max(2_147_483_647).optional().meta({
      description:
        'Renews only if this is still the stored pair: of several who were refused with the same token, one renews it.',
    }),
  })
  .optional()
  .meta({ id: 'RefreshRequest' })

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 printable characters without blanks')
  .optional()
  .meta({
    description:
      'Any text of your own, new for each wish. Repeated within a day it renews nothing anew and answers the present state.',
    example: '0b1f6a1e-4b1c-4f6f-9f5e-2a4d1c7f1a55',
  })

export const refreshToken = defineOperation({
  operationId: 'refreshToken',
  methods: ['POST'],
  path: '/api/v1/connections/{id}/refresh',
  summary: 'Renew the token',
  description:
    'Replaces the token pair now, whatever its age: after a 401 of the provider, say. Reading a token renews by itself what ends soon; this is not needed for that. Callers at the same time share one renewal. Outreach gives one token a minute for each user and app.',
  tags: ['Tokens'],
  scope: 'tokens:refresh',
  params: z.object({ id: connectionIdSchema }),
  query: z.object({}),
  headers: z.object({ 'idempotency-key': idempotencyKey }),
  body: bodySchema,
  answers: { 200: { description: 'The pair that is stored now.', schema: refreshedSchema } },
  problems: [...tokenProblems, 'conflict', 'body_invalid', 'body_too_large', 'media_type_unsupported'],
  async handle(deps, { params, headers, body, key, requestId }) {
    const before = await readState(deps, params.id)
    if (!mayReach(key, before)) throw noSuchConnection()
    const repeated = headers['idempotency-key']
    const meant = repeated
      ? await firstMeant(deps, {
          keyId: key.id,
          idempotencyKey: repeated,
          connectionId: params.id,
          generation: body?.generation ?? before.generation,
        })
      : (body?.generation ?? before.generation)
    if (meant > before.generation)
      throw new PatchbayError('conflict', 'There has been no pair of this generation yet.')
    const after = meant === before.generation ? await renew(deps, key, before) : standing(before)
    const answer: z.input<typeof refreshedSchema> = {
      connection_id: after.id,
      renewed: after.generation !== meant,
      generation: after.generation,
      access_expires_at: after.accessExpiresAt?.toISOString() ?? null,
    }
    return jsonAnswer(requestId, answer)
  },
})

type State = Awaited<ReturnType<typeof readState>>

/** @returns the state afterwards @throws PatchbayError why it could not be renewed */
async function renew(
  deps: Deps,
  key: Pick<KeyHolder, 'id' | 'name'>,
  { id, generation, label, accountName }: State,
): Promise<State> {
  const actor = { kind: 'key', id: key.id, name: key.name } as const
  const name = label ?? accountName
  const result = await renewFor(deps, actor, {
    connectionId: id,
    name,
    generation,
    deadlineMs: jobDeadlineMs,
  })
  if (result.kind !== 'renewed') throw rotationFault(result)
  return readState(deps, id)
}

/** @throws PatchbayError `connection_ended`: its pair was replaced, and has gone since */
function standing(state: State): State {
  if (state.lifecycle !== 'live') throw connectionEnded()
  return state
}

/** @throws PatchbayError `not_found` */
async function readState(deps: Pick<Deps, 'db'>, id: string) {
  if (!isConnectionId(id)) throw noSuchConnection()
  const row = await deps.db.connection.findUnique({
    where: { id },
    select: {
      id: true,
      provider: true,
      lifecycle: true,
      generation: true,
      accessExpiresAt: true,
      label: true,
      accountName: true,
    },
  })
  if (!row) throw noSuchConnection()
  return row
}
