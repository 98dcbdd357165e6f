/** OAuth errors with Doorkeeper's own sentences (config/locales/en.yml; providers.md 4.3). */
const SENTENCES = {
  invalid_request:
    'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
  invalid_redirect_uri: "The requested redirect uri is malformed or doesn't match client redirect URI.",
  unauthorized_client: 'The client is not authorized to perform this request using this method.',
  access_denied: 'The resource owner or authorization server denied the request.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  invalid_code_challenge_method: 'The code challenge method must be plain or S256.',
  unsupported_response_type: 'The authorization server does not support this response type.',
  invalid_client:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  invalid_grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
} as const

export type OAuthErrorCode = keyof typeof SENTENCES
export type OAuthError = { readonly error: OAuthErrorCode; readonly description: string }

/** An error with the sentence that Doorkeeper has for it. */
export function oauthError(error: OAuthErrorCode): OAuthError {
  return { error, description: SENTENCES[error] }
}

/** `invalid_request` that names what is missing. */
export function missingParameter(name: string): OAuthError {
  return { error: 'invalid_request', description: `Missing required parameter: ${name}.` }
}

/** Why a bearer token opens nothing. */
export type TokenFault = 'invalid' | 'expired' | 'revoked'

const FAULT_SENTENCES: Readonly<Record<TokenFault, string>> = {
  invalid: 'The access token is invalid',
  expired: 'The access token expired',
  revoked: 'The access token was revoked',
}

const JSON_TYPE = 'application/json; charset=utf-8'

function challenge(error: string, description: string): string {
  return `Bearer realm="Doorkeeper", error="${error}", error_description="${description}"`
}

/** A refusal of the token endpoint: 400, or 401 for the client's own faults (5.5 to 5.8); both with WWW-Authenticate. */
export function errorAnswer({ error, description }: OAuthError): Response {
  return Response.json(
    { error, error_description: description },
    {
      status: error === 'invalid_client' || error === 'unauthorized_client' ? 401 : 400,
      headers: {
        'content-type': JSON_TYPE,
        'cache-control': 'no-store',
        pragma: 'no-cache',
        'www-authenticate': challenge(error, description),
      },
    },
  )
}

/** A token answer; members that are null, undefined or empty are left out. */
export function tokenAnswer(body: Readonly<Record<string, unknown>>): Response {
  const present = Object.entries(body).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  return Response.json(Object.fromEntries(present), {
    headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store', pragma: 'no-cache' },
  })
}

/** token/info's refusal: always the same sentence, whatever the fault. */
export function tokenInfoRefusal(): Response {
  const description = FAULT_SENTENCES.invalid
  return Response.json(
    { error: 'invalid_token', error_description: description, state: 'unauthorized' },
    {
      status: 401,
      headers: {
        'content-type': JSON_TYPE,
        'cache-control': 'no-store',
        'www-authenticate': challenge('invalid_token', description),
      },
    },
  )
}

/** A protected resource's refusal: an empty body, the reason only in the header. */
export function resourceRefusal(fault: TokenFault): Response {
  return new Response(null, {
    status: 401,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'www-authenticate': challenge('invalid_token', FAULT_SENTENCES[fault]),
    },
  })
}

/** A token that lacks the scope: an empty body and no reason at all. */
export function scopeRefusal(): Response {
  return new Response(null, { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/** The refusal of /oauth/revoke for a client that is missing, wrong or not the token's own. */
export function revokeRefusal(): Response {
  return Response.json(
    { error: 'unauthorized_client', error_description: 'You are not authorized to revoke this token' },
    { status: 403, headers: { 'content-type': JSON_TYPE } },
  )
}
