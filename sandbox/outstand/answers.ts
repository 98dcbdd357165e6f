const EMPTY_TYPE = { 'content-type': 'text/html; charset=utf-8' }

/** A page past the end, an unknown record, an unknown path: an empty body. */
export function notFound(): Response {
  return new Response(null, { status: 404, headers: EMPTY_TYPE })
}

/** A page of users past the end, an unknown status (application_endpoints.md). */
export function badRequest(): Response {
  return new Response(null, { status: 400, headers: EMPTY_TYPE })
}

/** Done, and nothing to say. */
export function noContent(): Response {
  return new Response(null, { status: 204 })
}

/** Errors by attribute, as 422.md shows them. */
export type AttributeErrors = Readonly<Record<string, readonly string[]>>

/** 422 with the errors of each attribute. */
export function unprocessable(errors: AttributeErrors): Response {
  return Response.json({ errors }, { status: 422 })
}
