import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { apiScopes, apiScopeWords } from '../../core/api-scopes'
import type { ApiMethod, DocumentedAnswer, Operation } from '../operation'
import { answerHeader, requestIdHeader } from '../own-headers'
import { type ProblemCode, problemTable } from '../problem-table'
import { commonProblems, problemSchema, retryAfterHeader } from './problem-schema'

const ownHeaders = {
  [answerHeader]: z
    .enum(['gateway', 'provider'])
    .meta({ description: 'Who answered: Patchbay itself, or the provider through it.' }),
  [requestIdHeader]: z.string().meta({ description: 'Names this answer in Patchbay’s log.' }),
}

export type OpenApiDocument = ReturnType<typeof createDocument>

/**
 * The OpenAPI 3.1 document, made from the schemas that parse.
 *
 * @param origin where programs reach this Patchbay
 */
export function openApiDocument(operations: readonly Operation[], origin: string): OpenApiDocument {
  const paths: ZodOpenApiPathsObject = {}
  for (const operation of operations) {
    const item: Record<string, ZodOpenApiOperationObject> = {}
    for (const method of operation.methods) item[method.toLowerCase()] = documented(operation, method)
    paths[operation.path] = { ...paths[operation.path], ...item }
  }
  return createDocument({ ...head(origin), paths })
}

function head(origin: string): Omit<ZodOpenApiObject, 'paths'> {
  const scopes = apiScopes.map((scope) => `- \`${scope}\`: ${apiScopeWords[scope]}.`).join('\n')
  return {
    openapi: '3.1.0',
    info: {
      title: 'Patchbay',
      version: '1',
      description: `Fresh tokens and calls for the company’s own programs. Errors are \`application/problem+json\` with a stable \`code\`.\n\nScopes of API keys:\n${scopes}`,
    },
    servers: [{ url: origin }],
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'pbk_…',
          description:
            'An API key of the settings page. It is taken from this header only, never from the address.',
        },
      },
    },
  }
}

function documented(operation: Operation, method: ApiMethod): ZodOpenApiOperationObject {
  const { params, query, headers, methods } = operation
  const id = methods.length === 1 ? operation.operationId : `${operation.operationId}${titled(method)}`
  return {
    operationId: id,
    summary: operation.summary,
    description: `${operation.description}\n\nNeeds the scope \`${operation.scope}\`.`,
    tags: [...operation.tags],
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { header: headers } : {}),
    },
    ...bodyOf(operation, method),
    responses: { ...answersOf(operation.answers), ...problemsOf([...commonProblems, ...operation.problems]) },
  }
}

function bodyOf(
  { body, takesBody }: Operation,
  method: ApiMethod,
): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (body) return { requestBody: { content: { 'application/json': { schema: body } } } }
  if (takesBody && !['GET', 'HEAD', 'OPTIONS'].includes(method))
    return { requestBody: { content: { [takesBody]: {} } } }
  return {}
}

function answersOf(answers: Readonly<Record<string, DocumentedAnswer>>): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, mediaType, headers }]) => [
      status,
      {
        description,
        headers: z.object({ ...ownHeaders, ...headers?.shape }),
        ...(schema ? { content: { [mediaType ?? 'application/json']: { schema } } } : {}),
        ...(!schema && mediaType ? { content: { [mediaType]: {} } } : {}),
      },
    ]),
  )
}

/** One answer for each status; its description names the codes. */
function problemsOf(codes: readonly ProblemCode[]): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of new Set(codes)) {
    const { status } = problemTable[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [
      String(status),
      {
        description: own.map((code) => `\`${code}\`: ${problemTable[code].title}.`).join(' '),
        headers: z.object({
          ...ownHeaders,
          ...(status === 429 || status >= 502 ? { 'retry-after': retryAfterHeader } : {}),
        }),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  )
}

function titled(method: string): string {
  return method.charAt(0) + method.slice(1).toLowerCase()
}
