import type { SandboxAction } from '../kernel/contract'
import { actionsOf, type ControlParts } from './control-parts'
import { inputJsonSchema } from './form-fields'

type Json = Record<string, unknown>

const errorAnswer = (description: string): Json => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})
const jsonAnswer = (description: string, schema: Json = {}): Json => ({
  description,
  content: { 'application/json': { schema } },
})

/** OpenAPI 3.1 of the control server, its inputs written from the zod schemas that parse them. */
export function openApi(parts: ControlParts, baseUrl: string, advance: SandboxAction): Json {
  const paths: Json = {
    '/health': { get: { summary: 'Whether the sandbox is up', responses: { 200: jsonAnswer('It is') } } },
    '/apps': {
      get: {
        summary: 'All registered apps with their credentials; on this machine only',
        responses: { 200: jsonAnswer('The apps', { type: 'array', items: { type: 'object' } }) },
      },
    },
    '/api/clock': { get: { summary: 'The time here', responses: { 200: jsonAnswer('The clock') } } },
    '/api/clock/advance': { post: operation('advanceClock', 'clock', advance) },
    '/api/reset': {
      post: {
        operationId: 'resetAll',
        summary: 'Everything back to the first day',
        responses: { 200: jsonAnswer('Done') },
      },
    },
  }
  for (const provider of parts.providers) {
    const { name } = provider
    paths[`/api/${name}/calls`] = read(name, 'Recent calls, newest first', 'calls')
    paths[`/api/${name}/state`] = read(name, 'State without secrets', 'state')
    for (const [action, what] of Object.entries(actionsOf(parts, provider)))
      paths[`/api/${name}/${action}`] = { post: operation(`${name}.${action}`, name, what) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Sandbox control', version: '1', description: 'Makes the sandbox providers do things.' },
    servers: [{ url: baseUrl }],
    paths,
    components: {
      schemas: {
        Error: {
          type: 'object',
          required: ['error', 'message'],
          properties: { error: { type: 'string' }, message: { type: 'string' }, issues: { type: 'array' } },
        },
      },
    },
  }
}

function read(provider: string, summary: string, what: string): Json {
  return {
    get: {
      operationId: `${provider}.${what}`,
      tags: [provider],
      summary,
      responses: { 200: jsonAnswer(summary) },
    },
  }
}

function operation(operationId: string, tag: string, action: SandboxAction): Json {
  return {
    operationId,
    tags: [tag],
    summary: action.summary,
    requestBody: { content: { 'application/json': { schema: inputJsonSchema(action.input) } } },
    responses: {
      200: jsonAnswer('Done', { type: 'object', properties: { result: {} } }),
      409: errorAnswer('It cannot be done'),
      422: errorAnswer('The input does not fit'),
    },
  }
}
