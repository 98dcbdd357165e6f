import { type Fields, single } from '../kernel/body'
import { oauthError } from './answers'
import type { ClientProof } from './client-auth'
import type { GrantOutcome } from './grant-outcome'
import { readScopes } from './scopes'

/** `grant_type=client_credentials`: a token of the application itself, without a person and without a refresh token. */
export function clientCredentials(proof: ClientProof, fields: Fields): GrantOutcome {
  if (proof.kind !== 'known') return { kind: 'refused', error: oauthError('invalid_client') }
  const { client } = proof
  if (!client.grants.includes('client_credentials'))
    return { kind: 'refused', error: oauthError('unauthorized_client') }
  const own = client.applicationScopes ?? client.scopes
  const asked = readScopes(single(fields, 'scope'))
  if (asked.some((scope) => !own.includes(scope)))
    return { kind: 'refused', error: oauthError('invalid_scope') }
  return {
    kind: 'granted',
    request: { client, ownerId: null, grantType: 'client_credentials' },
    scopes: asked.length > 0 ? asked : own,
    spent: null,
    spend: () => undefined,
  }
}
