import { z } from 'zod'
import { mayReach } from '../../api-keys/key-holder'
import { readSurroundings } from '../../queries/surroundings'
import { connectionDto, connectionSelect } from '../connections/connection-dto'
import { connectionIdSchema, connectionSchema } from '../connections/connection-schema'
import { isConnectionId, noSuchConnection } from '../connections/not-found'
import { defineOperation } from '../define-operation'
import { jsonAnswer } from '../own-headers'

export const getConnection = defineOperation({
  operationId: 'getConnection',
  methods: ['GET'],
  path: '/api/v1/connections/{id}',
  summary: 'Read a connection',
  description: 'Who a connection acts for, how it stands and what Patchbay does next. Never its tokens.',
  tags: ['Connections'],
  scope: 'connections:read',
  params: z.object({ id: connectionIdSchema }),
  query: z.object({}),
  headers: null,
  body: null,
  answers: { 200: { description: 'The connection.', schema: connectionSchema } },
  problems: ['not_found'],
  async handle(deps, { params, key, requestId }) {
    if (!isConnectionId(params.id)) throw noSuchConnection()
    const [row, surroundings] = await Promise.all([
      deps.db.connection.findUnique({ where: { id: params.id }, select: connectionSelect }),
      readSurroundings(deps),
    ])
    if (!row || !mayReach(key, row)) throw noSuchConnection()
    return jsonAnswer(requestId, connectionDto(row, surroundings(row.provider, row.app.baseUrl)))
  },
})
