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
    run(deps, call) {
      const params = parsePart(spec.params, call.params)
      const query = queryOf(call.search)
      const headers = headersOf(call.request.headers)
      const parsed = { ...call, params, query, headers }
      // Most calls have no body: they wait for their one statement only.
      if (spec.body === null) return handle(deps, { ...parsed, body: parsePart(spec.body, null) })
      return parseBody(spec.body, call.request).then((body) => handle(deps, { ...parsed, body }))
    },
  }
}
