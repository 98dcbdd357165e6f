import { z } from 'zod'
import { mayReach } from '../../api-keys/key-holder'
import { connectionIdSchema, connectionSchema } from '../connections/connection-schema'
import { isConnectionId, noSuchConnection } from '../connections/not-found'
import { readConnections } from '../connections/read-connections'
import { defineOperation } from '../define-operation'
import { etagHeader, ifNoneMatch } from '../header-schemas'
import { validatedAnswer } from '../own-headers'

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
  headers: z.object({ 'if-none-match': ifNoneMatch }),
  body: null,
  answers: {
    200: { description: 'The connection.', schema: connectionSchema, headers: etagHeader },
    304: { description: 'Unchanged.', schema: null },
  },
  problems: ['not_found'],
  async handle(deps, { params, key, ...call }) {
    if (!isConnectionId(params.id)) throw noSuchConnection()
    const [connection] = await readConnections(deps, [params.id])
    if (!connection || !mayReach(key, connection)) throw noSuchConnection()
    return validatedAnswer(call, connection)
  },
})
