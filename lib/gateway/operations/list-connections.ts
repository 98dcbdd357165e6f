import { z } from 'zod'
import { environments, providerIds } from '../../core/provider'
import { connectionStatuses } from '../../core/status'
import { connectionSchema } from '../connections/connection-schema'
import { readListCursor, writeListCursor } from '../connections/list-cursor'
import { listIds } from '../connections/list-ids'
import { readConnections } from '../connections/read-connections'
import { defineOperation } from '../define-operation'
import { etagHeader, ifNoneMatch } from '../header-schemas'
import { validatedAnswer } from '../own-headers'
import { wholeNumber } from '../whole-number'

const pageSchema = z
  .object({
    connections: z.array(connectionSchema),
    next_cursor: z.string().nullable().meta({ description: 'For the next page; `null` on the last one.' }),
  })
  .meta({ id: 'ConnectionPage' })

const limit = wholeNumber({
  min: 1,
  max: 100,
  default: 50,
  description: 'Connections of one page at most.',
})

const querySchema = z.object({
  provider: z.enum(providerIds).optional().meta({ description: 'Of this provider only.' }),
  status: z.enum(connectionStatuses).optional().meta({ description: 'Of this status only.' }),
  environment: z
    .enum(environments)
    .optional()
    .meta({ description: 'Of provider apps of this environment only.' }),
  q: z
    .string()
    .max(200, 'at most 200 characters')
    .refine((text) => !text.includes('\0'), 'text without NUL')
    .optional()
    .meta({
      description:
        'Words, of which the first six count; each must occur in a name (the app’s too), an e-mail address, an org or an id.',
    }),
  cursor: z
    .string()
    .max(300, 'not a cursor')
    .optional()
    .meta({ description: '`next_cursor` of the page before, with the same filters.' }),
  limit,
})

export const listConnections = defineOperation({
  operationId: 'listConnections',
  methods: ['GET'],
  path: '/api/v1/connections',
  summary: 'List connections',
  description:
    'The connections that the key reaches, from the oldest on, page by page. Pages stay right while connections come and go: none is told twice, and none that stays is left out.',
  tags: ['Connections'],
  scope: 'connections:read',
  params: null,
  query: querySchema,
  headers: z.object({ 'if-none-match': ifNoneMatch }),
  body: null,
  answers: {
    200: { description: 'One page.', schema: pageSchema, headers: etagHeader },
    304: { description: 'Unchanged.', schema: null },
  },
  problems: [],
  async handle(deps, { query, key, ...call }) {
    const { cursor, limit, q = '', ...kinds } = query
    const terms = { ...kinds, q: q.trim() }
    const after = cursor === undefined ? null : readListCursor(cursor, terms)
    const ids = await listIds(deps, key, { ...kinds, search: q }, { after, limit: limit + 1 })
    const shown = ids.slice(0, limit)
    const last = ids.length > limit ? shown.at(-1) : undefined
    const page: z.input<typeof pageSchema> = {
      connections: await readConnections(deps, shown),
      next_cursor: last === undefined ? null : writeListCursor(last, terms),
    }
    return validatedAnswer(call, page)
  },
})
