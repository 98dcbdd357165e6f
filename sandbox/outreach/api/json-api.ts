/** JSON:API as Outreach speaks it (providers.md 1.2). */
export const JSON_API_TYPE = 'application/vnd.api+json'

export type ApiError = {
  id: string
  title: string
  detail: string
  /** JSON pointer into the request body. */
  pointer?: string
}

/** One JSON:API answer with a single error in `errors[]`. */
export function apiError(
  status: number,
  error: ApiError,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { pointer, ...members } = error
  const body = { errors: [{ ...members, ...(pointer === undefined ? {} : { source: { pointer } }) }] }
  return jsonApi(status, body, headers)
}

/** The one published error that says `details` where every other says `detail`. */
export function unsupportedMediaType(): Response {
  const error = {
    id: 'unsupportedMediaType',
    title: 'Unsupported Media Type',
    details: `The request needs the header Content-Type: ${JSON_API_TYPE}.`,
  }
  return jsonApi(415, { errors: [error] })
}

/** The answer of the gateway before the API proper, which is plain JSON and not JSON:API. */
export function gatewayRefusal(error: string, description: string): Response {
  return new Response(JSON.stringify({ error, description }), {
    status: 401,
    headers: { 'content-type': 'application/json' },
  })
}

/** Any JSON:API answer. */
export function jsonApi(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': JSON_API_TYPE, ...headers },
  })
}
