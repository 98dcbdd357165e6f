import { formatScopes } from '../core/scopes'
import { buildAuthorizeUrl } from '../oauth/authorize-url'
import { requireClientId } from './app-credentials'
import type { AuthorizeRequest, OpenApp } from './contract'

/**
 * Where a browser goes for a consent to an app. No scope is sent where none is asked for.
 *
 * @throws PatchbayError `provider_app_incomplete` while the app has no client id
 */
export function authorizeAt(
  endpoint: URL,
  app: OpenApp,
  { redirectUri, state, codeChallenge, scopes }: AuthorizeRequest,
): URL {
  const scope = formatScopes(scopes)
  return buildAuthorizeUrl(endpoint, {
    clientId: requireClientId(app),
    redirectUri,
    state,
    codeChallenge,
    scope,
  })
}
