import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorCodes } from '../../core/errors'
import { operations } from '../operations'
import { problemTable } from '../problem-table'
import { apiReference } from './api-reference'
import { openApiDocument } from './document'

const document = JSON.parse(JSON.stringify(openApiDocument(operations, 'https://patchbay.example')))
const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  schema: z.looseObject({}),
})
const operationSchema = z.looseObject({
  operationId: z.string().min(3),
  summary: z.string().min(3),
  parameters: z.array(parameterSchema).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|default)$/),
    z.looseObject({ description: z.string().min(3), headers: z.looseObject({}) }),
  ),
})
const documentSchema = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.object({ url: z.url() })),
  security: z.array(z.object({ apiKey: z.array(z.never()) })),
  paths: z.record(z.string().startsWith('/api/v1/'), z.record(z.string(), operationSchema)),
})

describe('the OpenAPI document', () => {
  const { paths } = documentSchema.parse(document)
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
  )

  it('has each method of each operation, by a name of its own', () => {
    const made = operations.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`))
    expect(all.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(made.sort())
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length)
  })

  it('documents every name of a path, an answer that succeeds, and the problems of every operation', () => {
    for (const { path, parameters = [], responses } of all) {
      const inPath = parameters.filter((each) => each.in === 'path').map((each) => `{${each.name}}`)
      expect(inPath.sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort())
      const statuses = Object.keys(responses)
      expect(statuses.some((status) => status.startsWith('2') || status === 'default')).toBe(true)
      for (const status of ['400', '401', '403', '429', '500', '503']) expect(statuses).toContain(status)
    }
  })

  it('names no schema that it does not have', () => {
    const text = JSON.stringify(document)
    const named = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]))
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...named]))
    expect(named).toContain('Connection')
    expect(named).toContain('Problem')
  })

  it('says of numbers in the query that they are numbers', () => {
    const of = (id: string) => all.find(({ operationId }) => operationId === id)?.parameters
    expect(of('readToken')?.find(({ name }) => name === 'min_ttl_s')?.schema).toEqual({
      type: 'integer',
      minimum: 0,
      maximum: 86_400,
      default: 60,
      description: expect.any(String),
    })
    expect(of('listConnections')?.find(({ name }) => name === 'limit')?.schema).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 50,
      description: expect.any(String),
    })
  })
})

describe('the reference', () => {
  it('has every operation, and words for each of its codes', () => {
    const reference = apiReference()
    expect(reference.groups.flatMap((group) => group.operations)).toHaveLength(operations.length)
    expect(JSON.parse(JSON.stringify(reference))).toEqual(reference)
    for (const { advice } of [...reference.problems, ...reference.commonProblems]) expect(advice).not.toBe('')
    for (const { problems, answers } of reference.groups.flatMap((group) => group.operations)) {
      expect(problems.every(({ advice }) => advice !== '')).toBe(true)
      expect(answers.length).toBeGreaterThan(0)
    }
  })
})

it('every code has a status and a title', () => {
  for (const code of errorCodes) expect(problemTable[code].status).toBeGreaterThanOrEqual(400)
})
