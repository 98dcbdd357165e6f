import { isSecret, type Secret } from '../core/secret'
import type { OutboundRequest } from '../http/http-client'

/** Parameters of a token request; `null` is left out. Secrets are opened when the body is written. */
export type TokenParameters = Readonly<Record<string, string | Secret | null>>

export type TokenEncoding = 'form' | 'json' | 'multipart'

/** Client credentials go in the body and only there: servers refuse both at once, and Basic with odd characters (providers.md 8). */
export type ClientCredentials = { clientId: string; clientSecret: Secret }

/** Authorization code exchange (RFC 6749, 4.1.3; RFC 7636, 4.5). */
export function codeParameters(
  client: ClientCredentials,
  request: { code: Secret; redirectUri: string; codeVerifier: Secret },
): TokenParameters {
  return {
    ...credentials(client),
    grant_type: 'authorization_code',
    code: request.code,
    redirect_uri: request.redirectUri,
    code_verifier: request.codeVerifier,
  }
}

/** Refresh (RFC 6749, 6). No scope: asking for less narrows the grant for ever (providers.md 8). */
export function refreshParameters(client: ClientCredentials, refreshToken: Secret): TokenParameters {
  return { ...credentials(client), grant_type: 'refresh_token', refresh_token: refreshToken }
}

/** Client credentials (RFC 6749, 4.4.2). */
export function clientCredentialsParameters(
  client: ClientCredentials,
  scope: string | null,
): TokenParameters {
  return { ...credentials(client), grant_type: 'client_credentials', scope }
}

export function credentials(client: ClientCredentials): TokenParameters {
  return { client_id: client.clientId, client_secret: client.clientSecret }
}

/** The body of a token request in one of the three encodings the providers document. */
export function tokenBody(
  encoding: TokenEncoding,
  parameters: TokenParameters,
): NonNullable<OutboundRequest['body']> {
  const open = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === null ? [] : [[name, isSecret(value) ? value.reveal() : value]],
    ),
  )
  switch (encoding) {
    case 'form':
      return { form: new URLSearchParams(open) }
    case 'json':
      return { json: open }
    case 'multipart':
      return { multipart: open }
  }
}

/** The secrets among the parameters: what a provider's words must not repeat. */
export function secretsOf(parameters: TokenParameters): Secret[] {
  return Object.values(parameters).filter(isSecret)
}
