import { z } from 'zod'
import { defineOperation } from '../define-operation'
import { proxyCall } from '../proxy/proxy-call'
import { tokenProblems } from '../token-problems'

export const proxy = defineOperation({
  operationId: 'proxy',
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  path: '/api/v1/proxy/{id}/{path}',
  takesRest: true,
  summary: 'Call the provider',
  description: [
    'Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is',
    'the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.',
    '',
    'A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.',
    'Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as',
    '`Prefer: wait=10` allows, 30 seconds at most.',
  ].join('\n'),
  tags: ['Proxy'],
  scope: 'proxy',
  params: z.object({
    id: z.string().meta({ description: 'The connection.', example: 'con_01jq8zt0d5w4m8k7e2x3c9v6ba' }),
    path: z.string().meta({ description: 'Path at the provider.', example: 'api/v2/prospects' }),
  }),
  query: null,
  headers: null,
  body: null,
  answers: { 200: { description: 'The provider’s answer: its status, headers and body.', schema: null } },
  problems: [
    ...tokenProblems,
    'path_not_allowed',
    'body_invalid',
    'rate_limited',
    'provider_call_failed',
    'provider_timeout',
  ],
  handle(deps, { request, requestId, params, search, key, from }) {
    return proxyCall(
      deps,
      { kind: 'key', key },
      {
        connectionId: params.id,
        path: params.path,
        search,
        method: request.method,
        headers: request.headers,
        body: request.method === 'GET' || request.method === 'HEAD' ? null : request,
        presence: from.presence,
        requestId,
        cut: () => from.cut(),
      },
    )
  },
})
