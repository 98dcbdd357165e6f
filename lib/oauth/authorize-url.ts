/** Parameters of an authorization request (RFC 6749, 4.1.1; RFC 7636, 4.3). `null` and an empty scope are left out. */
export type AuthorizeParameters = {
  clientId: string
  redirectUri: string
  state: string
  codeChallenge: string | null
  scope: string | null
}

/**
 * The authorization URL: the parameters go beside a query that the endpoint already has (RFC 6749, 3.1), never twice.
 */
export function buildAuthorizeUrl(endpoint: URL, parameters: AuthorizeParameters): URL {
  const url = new URL(endpoint)
  url.hash = ''
  const query = url.searchParams
  query.set('response_type', 'code')
  query.set('client_id', parameters.clientId)
  query.set('redirect_uri', parameters.redirectUri)
  if (parameters.scope) query.set('scope', parameters.scope)
  query.set('state', parameters.state)
  if (parameters.codeChallenge) {
    query.set('code_challenge', parameters.codeChallenge)
    query.set('code_challenge_method', 'S256')
  }
  return url
}
