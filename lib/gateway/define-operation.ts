import type { z } from 'zod'
import type { Operation, OperationSpec, Parsed } from './operation'
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
      const { request, requestId, search, key, from } = call
      const answer = (body: Parsed<Body>) =>
        handle(deps, { request, requestId, search, key, from, params, query, headers, body })
      // Most calls have no body: they wait for their one statement only.
      return spec.body === null
        ? answer(null as Parsed<Body>)
        : parseBody(spec.body, call.request).then(answer)
    },
  }
}
