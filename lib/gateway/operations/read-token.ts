import { z } from 'zod'
import { mayReach } from '../../api-keys/key-holder'
import { freshAccessToken } from '../../rotation/fresh-access-token'
import { connectionIdSchema } from '../connections/connection-schema'
import { isConnectionId, noSuchConnection } from '../connections/not-found'
import { defineOperation } from '../define-operation'
import { isUnchanged } from '../etag'
import { etagHeader, ifNoneMatch } from '../header-schemas'
import { jsonAnswer, unchangedAnswer } from '../own-headers'
import { tokenProblems } from '../token-problems'
import { wholeNumber } from '../whole-number'

const tokenSchema = z
  .object({
    access_token: z
      .string()
      .meta({ description: 'Keep it in memory, and no longer than it lives.', example: 'eyJraWQi…' }),
    token_type: z.literal('Bearer'),
    expires_at: z.iso.datetime().nullable().meta({ description: '`null`: the provider has not told.' }),
    expires_in: z
      .int()
      .min(0)
      .nullable()
      .meta({ description: 'Whole seconds from now, never too many.', example: 5321 }),
    generation: z.int().meta({ description: 'Grows with each new pair; for `POST …/refresh`.', example: 12 }),
    api_base_url: z
      .url()
      .meta({ description: 'Where this account’s API is.', example: 'https://api.outreach.io' }),
  })
  .meta({ id: 'Token' })

const minTtl = wholeNumber({
  min: 0,
  max: 86_400,
  // A program that says nothing gets a token that outlasts a slow request.
  default: 60,
  description:
    'Seconds that the token has to live at least; it is renewed first where it has fewer. More than half a token’s life is taken as half.',
})

export const readToken = defineOperation({
  operationId: 'readToken',
  methods: ['GET'],
  path: '/api/v1/connections/{id}/token',
  summary: 'Read a fresh access token',
  description:
    'A live access token. One that ends too soon is renewed first, once for all who ask at the same time: such an answer takes as long as the provider does, 50 seconds at most.',
  tags: ['Tokens'],
  scope: 'tokens:read',
  params: z.object({ id: connectionIdSchema }),
  query: z.object({ min_ttl_s: minTtl }),
  headers: z.object({ 'if-none-match': ifNoneMatch }),
  body: null,
  answers: {
    200: { description: 'The token.', schema: tokenSchema, headers: etagHeader },
    304: { description: 'The token you have is still the one to use, and lives long enough.', schema: null },
  },
  problems: tokenProblems,
  async handle(deps, { params, query, headers, key, requestId }) {
    if (!isConnectionId(params.id)) throw noSuchConnection()
    const sinceMs = deps.clock.now().getTime()
    const token = await freshAccessToken(deps, params.id, {
      minTtlMs: query.min_ttl_s * 1000,
      mayRead: (connection) => mayReach(key, connection),
    })
    const confirmed = deps.keys.confirm(key, sinceMs)
    if (confirmed) await confirmed
    deps.keys.noteTokenRead(key.id, params.id)
    const etag = `W/"g${token.generation}"`
    if (isUnchanged(headers['if-none-match'] ?? null, etag)) return unchangedAnswer(requestId, { etag })
    const { expiresAt } = token
    const answer: z.input<typeof tokenSchema> = {
      access_token: token.accessToken.reveal(),
      token_type: 'Bearer',
      expires_at: expiresAt?.toISOString() ?? null,
      expires_in:
        expiresAt && Math.max(0, Math.floor((expiresAt.getTime() - deps.clock.now().getTime()) / 1000)),
      generation: token.generation,
      api_base_url: token.apiUrl ?? token.baseUrl,
    }
    return jsonAnswer(requestId, answer, { etag })
  },
})
