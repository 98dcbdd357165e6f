import { missingParameter, type OAuthError, oauthError } from './answers'
import type { CodeRow, DoorkeeperState } from './model'
import type { DoorkeeperClient, DoorkeeperOptions } from './options'
import { readScopes } from './scopes'

/** An authorization request that may be shown to a person. */
export type PreAuthorization = {
  readonly client: DoorkeeperClient
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly challenge: CodeRow['challenge']
}

export type PreAuthorized =
  | { readonly kind: 'fine'; readonly request: PreAuthorization }
  | { readonly kind: 'faulty'; readonly error: OAuthError }

/** Reads `?client_id&redirect_uri&response_type&scope&state&code_challenge…` with Doorkeeper's checks in its order. */
export function preAuthorize(
  query: URLSearchParams,
  options: DoorkeeperOptions,
  settings: DoorkeeperState['settings'],
): PreAuthorized {
  const faulty = (error: OAuthError): PreAuthorized => ({ kind: 'faulty', error })
  const clientId = query.get('client_id')
  if (!clientId) return faulty(missingParameter('client_id'))
  const client = options.findClient(clientId)
  if (client === undefined) return faulty(oauthError('invalid_client'))
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!client.redirectUris.includes(redirectUri)) return faulty(oauthError('invalid_redirect_uri'))
  const responseType = query.get('response_type')
  if (!responseType) return faulty(missingParameter('response_type'))
  if (responseType !== 'code') return faulty(oauthError('unsupported_response_type'))
  const scopes = grantableScopes(query, client, options.scopeCompulsory)
  if (scopes === null) return faulty(oauthError('invalid_scope'))
  const challenge = settings.pkce === 'checked' ? readChallenge(query) : null
  if (challenge === 'bad') return faulty(oauthError('invalid_code_challenge_method'))
  if (!client.grants.includes('authorization_code')) return faulty(oauthError('unauthorized_client'))
  return { kind: 'fine', request: { client, redirectUri, scopes, state: query.get('state'), challenge } }
}

/** The scopes asked for, or the client's default ones; null when one is unknown or none is left. */
function grantableScopes(
  query: URLSearchParams,
  client: DoorkeeperClient,
  compulsory: boolean,
): readonly string[] | null {
  const asked = readScopes(query.get('scope') ?? undefined)
  if (asked.some((scope) => !client.scopes.includes(scope))) return null
  if (asked.length > 0) return asked
  return client.defaultScopes.length === 0 && compulsory ? null : client.defaultScopes
}

function readChallenge(query: URLSearchParams): CodeRow['challenge'] | 'bad' {
  const value = query.get('code_challenge')
  if (!value) return null
  const method = query.get('code_challenge_method')
  return method === 'S256' || method === 'plain' ? { value, method } : 'bad'
}
