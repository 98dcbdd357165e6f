import { z } from 'zod'
import { mayReach } from '../../api-keys/key-holder'
import { connectionRate, ownWindow, rateSelect } from '../../queries/connection-rate'
import { bucketOf, ownerSelect } from '../../rate-limits/bucket'
import { rateSources } from '../../rate-limits/bucket-view'
import { connectionIdSchema } from '../connections/connection-schema'
import { isConnectionId, noSuchConnection } from '../connections/not-found'
import { defineOperation } from '../define-operation'
import { jsonAnswer } from '../own-headers'

/** Outreach's window, which its headers do not name (providers.md 1.2). */
const headerWindowS = 3_600

const instant = z.iso.datetime()

const rateLimitSchema = z
  .object({
    limit: z.int().nullable().meta({
      description: 'Calls of one window; `null`: the provider publishes none, or has not told yet.',
    }),
    used: z.int().nullable(),
    remaining: z.int().nullable(),
    resets_at: instant.nullable().meta({ description: '`null`: no window is open.' }),
    window_s: z.int().meta({ example: 3600 }),
    source: z.enum(rateSources).meta({
      description:
        '`headers`: the provider’s own figures; `own_count`: calls through Patchbay; `not_published`: the same, and the provider names no limit; `not_entered`: the same, and the limit that was agreed is not entered at the app.',
    }),
    as_of: instant.nullable(),
    stale: z.boolean().meta({ description: 'Older than one window: the figures may no longer hold.' }),
    blocked_until: instant.nullable().meta({ description: 'The provider asked for silence until then.' }),
    last_429_at: instant.nullable(),
    shared: z.boolean().meta({ description: 'Other connections of the same user spend from it too.' }),
  })
  .meta({ id: 'RateLimit' })

const select = {
  ...ownerSelect,
  app: { select: { agreedLimit: true, agreedWindowS: true } },
} as const

export const readRateLimit = defineOperation({
  operationId: 'readRateLimit',
  methods: ['GET'],
  path: '/api/v1/connections/{id}/rate-limit',
  summary: 'Read the rate limit',
  description:
    'How much of the provider’s rate limit is used, as far as it is known. Reading it spends none of it.',
  tags: ['Connections'],
  scope: 'connections:read',
  params: z.object({ id: connectionIdSchema }),
  query: z.object({}),
  headers: null,
  body: null,
  answers: {
    200: {
      description: 'The window of the bucket that this connection spends from.',
      schema: rateLimitSchema,
    },
  },
  problems: ['not_found'],
  async handle(deps, { params, key, requestId }) {
    if (!isConnectionId(params.id)) throw noSuchConnection()
    const connection = await deps.db.connection.findUnique({ where: { id: params.id }, select })
    if (!connection || !mayReach(key, connection)) throw noSuchConnection()
    const bucket = bucketOf(connection)
    const row = await deps.db.rateWindow.findUnique({
      where: { bucket },
      select: { ...rateSelect, windowS: true, blockedUntil: true },
    })
    const now = deps.clock.now()
    const rate = connectionRate(connection, row, now)
    const blocked = row?.blockedUntil && row.blockedUntil > now ? row.blockedUntil : null
    const answer: z.input<typeof rateLimitSchema> = {
      limit: rate.limit,
      used: rate.used,
      remaining: rate.remaining,
      resets_at: rate.resetsAt?.toISOString() ?? null,
      window_s: row?.windowS ?? ownWindow(connection)?.windowS ?? headerWindowS,
      source: rate.source,
      as_of: rate.asOf?.toISOString() ?? null,
      stale: rate.stale,
      blocked_until: blocked?.toISOString() ?? null,
      last_429_at: rate.last429At?.toISOString() ?? null,
      shared: bucket !== `${connection.provider}:connection:${connection.id}`,
    }
    return jsonAnswer(requestId, answer)
  },
})
