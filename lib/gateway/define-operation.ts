import type { z } from 'zod'
import type { Operation, OperationSpec } from './operation'
import { headerParser, parseBody, parsePart, queryParser } from './parse-call'

/** Makes an operation of its description: the same schemas parse its calls and stand in the OpenAPI document. */
export function defineOperation<
  Params extends z.ZodObject | null,
  Query extends z.ZodObject | null,
  Headers extends z.ZodObject | null,
  Body extends z.ZodType | null,
>(spec: OperationSpec<Params, Query, Headers, Body>): Operation {
  const { handle, ...facts } = spec
  const queryOf = queryParser(spec.query)
  const headersOf = headerParser(spec.headers)
  return {
    ...facts,
    async run(deps, call) {
      return handle(deps, {
        ...call,
        params: parsePart(spec.params, call.params),
        query: queryOf(call.search),
        headers: headersOf(call.request.headers),
        body: await parseBody(spec.body, call.request),
      })
    },
  }
}
