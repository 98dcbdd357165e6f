import type { ApiScope } from '../../core/api-scopes'
import type { Operation } from '../operation'
import { operations as allOperations } from '../operations'
import { type ProblemCode, problemTable } from '../problem-table'
import { type OpenApiDocument, openApiDocument } from './document'
import { commonProblems, documentedCodes } from './problem-schema'

/** JSON Schema as the document has it. */
export type ReferenceSchema = Readonly<Record<string, unknown>>

export type ReferenceParameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description: string | null
  schema: ReferenceSchema
}

export type ReferenceProblem = { code: ProblemCode; status: number; title: string; advice: string }

export type ReferenceOperation = {
  operationId: string
  methods: readonly string[]
  path: string
  summary: string
  /** Markdown. */
  description: string
  scope: ApiScope
  parameters: ReferenceParameter[]
  /** Of the JSON body; `null`: none, or one that is passed on as it comes. */
  body: ReferenceSchema | null
  answers: { status: string; description: string; schema: ReferenceSchema | null }[]
  /** Codes beside `commonProblems`. */
  problems: ReferenceProblem[]
}

export type ApiReference = {
  groups: { name: string; operations: ReferenceOperation[] }[]
  /** What any operation may answer. */
  commonProblems: ReferenceProblem[]
  /** All codes. */
  problems: ReferenceProblem[]
  /** Schemas that the others name by `$ref`. */
  schemas: Readonly<Record<string, ReferenceSchema>>
}

/** The machine API as a page shows it: plain data, from the same schemas that parse. */
export function apiReference(operations: readonly Operation[] = allOperations): ApiReference {
  const document = openApiDocument(operations, 'https://patchbay.example')
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))]
  return {
    groups: tags.map((name) => ({
      name,
      operations: operations
        .filter(({ tags: own }) => own.includes(name))
        .map((operation) => referenceOf(operation, document)),
    })),
    commonProblems: commonProblems.map(problemOf),
    problems: documentedCodes.map(problemOf),
    schemas: plain(document.components?.schemas ?? {}),
  }
}

/** As the document's own JSON has it. */
type Documented = {
  parameters?: {
    name: string
    in: 'path' | 'query' | 'header'
    required?: boolean
    description?: string
    schema: ReferenceSchema
  }[]
  requestBody?: { content: Record<string, { schema?: ReferenceSchema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema?: ReferenceSchema }> }>
}

function referenceOf(operation: Operation, document: OpenApiDocument): ReferenceOperation {
  const [method = 'GET'] = operation.methods
  const item = plain<Record<string, Documented | undefined>>(document.paths?.[operation.path] ?? {})
  const { parameters = [], requestBody, responses } = item[method.toLowerCase()] ?? { responses: {} }
  return {
    operationId: operation.operationId,
    methods: operation.methods,
    path: operation.path,
    summary: operation.summary,
    description: operation.description,
    scope: operation.scope,
    parameters: parameters.map(({ name, in: place, required = false, description = null, schema }) => {
      return { name, in: place, required, description, schema }
    }),
    body: requestBody?.content['application/json']?.schema ?? null,
    answers: Object.entries(operation.answers).map(([status, { description }]) => ({
      status,
      description,
      schema: responses[status]?.content?.['application/json']?.schema ?? null,
    })),
    problems: operation.problems.map(problemOf),
  }
}

function problemOf(code: ProblemCode): ReferenceProblem {
  const { status, title, advice } = problemTable[code]
  return { code, status, title, advice: advice ?? '' }
}

/** The document is JSON; its type knows far more kinds of it than are made here. */
function plain<Shape>(value: object): Shape {
  return JSON.parse(JSON.stringify(value)) as Shape
}
