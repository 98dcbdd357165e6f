import type { EnvoyApp, EnvoyOauthApp } from './apps'
import { readScopes, unknownScopes } from './scopes'

/** An authorization request that may be shown to a person. */
export type AuthorizeRequest = {
  readonly app: EnvoyOauthApp
  readonly redirectUri: string
  readonly state: string | null
  readonly scopes: readonly string[]
  readonly codeChallenge: string | null
}

/**
 * `refused` stays at Envoy, on a page: nothing may be sent to an address that is not proven. `redirect` goes back to the
 * app with the reason.
 */
export type ReadRequest =
  | { kind: 'request'; request: AuthorizeRequest }
  | { kind: 'refused'; words: string }
  | { kind: 'redirect'; location: string }

/** The app's address with `fields` added to its query, empty ones left out (RFC 6749, 4.1.2). */
export function backToApp(redirectUri: string, fields: Readonly<Record<string, string | null>>): string {
  const url = new URL(redirectUri)
  for (const [name, text] of Object.entries(fields)) {
    if (text !== null) url.searchParams.append(name, text)
  }
  return url.toString()
}

function value(query: URLSearchParams, name: string): string | null {
  return query.get(name) || null
}

function provenAddress(app: EnvoyOauthApp, asked: string | null): string | null {
  if (asked !== null) return app.redirectUris.includes(asked) ? asked : null
  return app.redirectUris.length === 1 ? (app.redirectUris[0] ?? null) : null
}

/**
 * Reads the query of `/a/auth/v0/authorize` (RFC 6749, 4.1.1; providers.md 2.2). A wrong client or redirect address stays
 * here; other faults go back to the app, as does everything a person decides.
 */
export function readAuthorizeRequest(apps: readonly EnvoyApp[], query: URLSearchParams): ReadRequest {
  const repeated = [...query.keys()].find((name) => query.getAll(name).length > 1)
  if (repeated !== undefined) return { kind: 'refused', words: `The parameter ${repeated} was sent twice.` }
  const clientId = value(query, 'client_id')
  const app = apps.find((candidate) => candidate.clientId === clientId)
  if (app === undefined) return { kind: 'refused', words: 'No app is registered under this client_id.' }
  if (app.kind === 'plugin') {
    const words = `${app.name} is a plugin: it is installed, and has no redirect URL to sign in with.`
    return { kind: 'refused', words }
  }
  const redirectUri = provenAddress(app, value(query, 'redirect_uri'))
  if (redirectUri === null) {
    return { kind: 'refused', words: 'The redirect_uri is not one that is registered for this app.' }
  }
  const state = value(query, 'state')
  const fault = (error: string, words: string): ReadRequest => {
    const location = backToApp(redirectUri, { error, error_description: words, state })
    return { kind: 'redirect', location }
  }
  if (value(query, 'response_type') !== 'code') {
    return fault('unsupported_response_type', 'The response_type has to be code')
  }
  const scopes = readScopes(value(query, 'scope') ?? undefined)
  const unknown = unknownScopes(scopes)
  if (unknown.length > 0) return fault('invalid_scope', `Unknown: ${unknown.join(', ')}`)
  const codeChallenge = value(query, 'code_challenge')
  if (codeChallenge !== null && value(query, 'code_challenge_method') !== 'S256') {
    return fault('invalid_request', 'The code_challenge_method has to be S256')
  }
  return { kind: 'request', request: { app, redirectUri, state, scopes, codeChallenge } }
}
