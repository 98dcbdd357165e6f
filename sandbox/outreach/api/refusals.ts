import { apiError, gatewayRefusal } from './json-api'
import { formatReset, type RateHeaderForm, rateHeaders } from './rate-headers'

/** The gateway's answer to a request without credentials (measured, providers.md 1.2). */
export function noAuthorization(): Response {
  return gatewayRefusal('No Authorization header.', 'The request has no Authorization header.')
}

/** The gateway's answer to a bearer token that is no JWT of its own (measured, providers.md 1.2). */
export function invalidJwt(): Response {
  return gatewayRefusal('Invalid JWT token.', 'The JWT token could not be decoded.')
}

/** The exact bodies for dead tokens are not known; they are taken to be of the same family (providers.md 1.2). */
export function deadToken(cause: 'expired' | 'revoked'): Response {
  return cause === 'expired'
    ? gatewayRefusal('Expired JWT token.', 'The JWT token has expired.')
    : gatewayRefusal('Revoked JWT token.', 'The JWT token has been revoked.')
}

/** The token lacks `scope`: only a new consent helps. */
export function missingScope(scope: string): Response {
  return apiError(403, {
    id: 'unauthorizedOauthScope',
    title: 'Unauthorized OAuth Scope',
    detail: `Your authorization has not been granted the ${scope} scope, which this request requires.`,
  })
}

/** The person, or the kind of token, may not do this whatever its scopes are: a new consent does not help. */
export function unauthorizedRequest(detail: string): Response {
  return apiError(403, { id: 'unauthorizedRequest', title: 'Unauthorized Request', detail })
}

/** No such record, or no such collection. */
export function resourceNotFound(detail: string): Response {
  return apiError(404, { id: 'resourceNotFound', title: 'Resource Not Found', detail })
}

/** A query parameter that the action does not take. No id is published for it (providers.md 1.2). */
export function badParameter(name: string): Response {
  return apiError(400, {
    id: 'invalidParameter',
    title: 'Invalid Query Parameter',
    detail: `The query parameter ${name} is not acceptable for this request.`,
  })
}

/** A body that cannot be saved; `pointer` says where. */
export function validationError(pointer: string, detail: string): Response {
  return apiError(422, { id: 'validationError', title: 'Validation Error', detail, pointer })
}

/** The hour's budget is spent: `Retry-After` repeats `X-RateLimit-Reset`, in whatever form that has. */
export function rateLimitExceeded(
  window: { limit: number; used: number; resetAtMs: number },
  form: RateHeaderForm,
  nowMs: number,
): Response {
  const until = new Date(window.resetAtMs).toISOString()
  const error = {
    id: 'rateLimitExceeded',
    title: 'Rate Limit Exceeded',
    detail: `You have exceeded your permitted rate limit of ${window.limit.toLocaleString('en')} requests per hour; it resets at ${until}.`,
  }
  const headers = rateHeaders(window, form, nowMs)
  return apiError(429, error, { ...headers, 'retry-after': formatReset(window.resetAtMs, form, nowMs) })
}

/** Announced maintenance; here `Retry-After` is an ISO 8601 instant (providers.md 1.2). */
export function scheduledMaintenance(untilMs: number): Response {
  const until = new Date(untilMs).toISOString()
  const error = {
    id: 'scheduledServerMaintenance',
    title: 'Scheduled Server Maintenance',
    detail: `The server is undergoing scheduled maintenance until ${until}.`,
  }
  return apiError(503, error, { 'retry-after': until })
}

/** Where nothing is routed (measured on `/.well-known/openid-configuration`, providers.md 1.1). */
export function routeNotFound(): Response {
  return new Response(JSON.stringify({ error: '404', description: 'route not found' }), {
    status: 404,
    headers: { 'content-type': 'application/json' },
  })
}
