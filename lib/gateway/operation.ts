import type { z } from 'zod'
import type { KeyHolder } from '../api-keys/key-holder'
import type { ApiScope } from '../core/api-scopes'
import type { Presence } from '../core/presence'
import type { Deps } from '../deps'
import type { ProblemCode } from './problem-table'

export type ApiMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** One request to an operation, routed and authenticated. */
export type RawCall = {
  /** Its body is unread. Its `url` is tidied and its `signal` is dear: `from` tells what was sent, and who waits. */
  request: Request
  /** Stands in the answer's header and in the log, so that a person can find one by the other. */
  requestId: string
  /** Values of the template's names as sent: percent-encoding is not undone. */
  params: Readonly<Record<string, string>>
  /** What follows the path, `?` included; empty without a query. */
  search: string
  key: KeyHolder
  from: CallOrigin
}

/** The connection a request came by, and what only it knows of the request. */
export type CallOrigin = {
  /** Path and query as they were sent: a `Request` tidies them (`..`, `%2e`), and what is tidied may be another connection's. */
  target: string
  presence: Presence
  /** Ends it at once: for an answer that cannot come to its end. */
  cut(): void
}

type Shape = z.ZodObject | null
export type Parsed<Schema extends z.ZodType | null> = Schema extends z.ZodType ? z.output<Schema> : null

/** A call whose parts were parsed by the operation's schemas; `null` where it has none. */
export type ApiCall<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Headers extends Shape = Shape,
  Body extends z.ZodType | null = z.ZodType | null,
> = Omit<RawCall, 'params'> & {
  params: Parsed<Params>
  query: Parsed<Query>
  headers: Parsed<Headers>
  body: Parsed<Body>
}

/** One documented answer. Errors are documented by the codes of `problems`. */
export type DocumentedAnswer = {
  description: string
  /** `null`: no body. */
  schema: z.ZodType | null
  /** `application/json` when left out. */
  mediaType?: string
  headers?: z.ZodObject
}

/** What is the same for every operation, whatever its schemas: what routes, documents and tests read. */
export type OperationFacts = {
  operationId: string
  /** HEAD is answered as GET where it is not named; OPTIONS by the gateway itself. */
  methods: readonly ApiMethod[]
  /** OpenAPI template below the origin, such as `/api/v1/connections/{id}`. */
  path: string
  /** The template's last name takes the rest of the path, slashes included. */
  takesRest?: boolean
  summary: string
  /** Markdown, for the reference. */
  description: string
  tags: readonly string[]
  scope: ApiScope
  /** By status, or `default`. */
  answers: Readonly<Record<string, DocumentedAnswer>>
  /** Media type of a body that `handle` passes on as it comes. */
  takesBody?: string
  /** Codes it may answer beside those of every operation. */
  problems: readonly ProblemCode[]
}

export type OperationSpec<
  Params extends Shape,
  Query extends Shape,
  Headers extends Shape,
  Body extends z.ZodType | null,
> = OperationFacts & {
  params: Params
  /** `null`: the query is not ours to read. */
  query: Query
  /** Keys are header names in lower case. */
  headers: Headers
  /** A JSON body, which may be left out where the schema takes `undefined`; `null`: `handle` reads the body, if any. */
  body: Body
  handle(deps: Deps, call: ApiCall<Params, Query, Headers, Body>): Response | Promise<Response>
}

export type Operation = OperationFacts & {
  params: Shape
  query: Shape
  headers: Shape
  body: z.ZodType | null
  /** Parses the call and handles it. @throws PatchbayError as the operation says, and `invalid_input`, `body_invalid`, `body_too_large` */
  run(deps: Deps, call: RawCall): Response | Promise<Response>
}
