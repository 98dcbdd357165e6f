import { type Fields, single } from '../kernel/body'
import { missingParameter, oauthError } from './answers'
import type { ClientProof } from './client-auth'
import type { Engine } from './engine'
import type { GrantOutcome } from './grant-outcome'
import { readScopes } from './scopes'
import { refreshIsLive } from './token-life'

/**
 * `grant_type=refresh_token`. The token is looked at before the client, as Doorkeeper does: a dead token with a wrong
 * secret is `invalid_grant`. A narrower scope narrows the new refresh token for ever; a wider one is refused.
 */
export function refresh(engine: Engine, proof: ClientProof, fields: Fields): GrantOutcome {
  const { tokens, options } = engine
  const value = single(fields, 'refresh_token')
  if (value === undefined) return { kind: 'refused', error: missingParameter('refresh_token') }
  const row = tokens.byRefresh(value)
  const dead = { kind: 'refused', error: oauthError('invalid_grant') } as const
  if (row === undefined || !refreshIsLive(row, options.context.clock.nowMs())) return dead
  if (row.ownerId !== null && options.suspended?.(row.ownerId) === true) return dead
  if (proof.kind === 'wrong') return { kind: 'refused', error: oauthError('invalid_client') }
  if (proof.kind !== 'known' || proof.client.clientId !== row.clientId) return dead
  const asked = readScopes(single(fields, 'scope'))
  if (asked.some((scope) => !row.scopes.includes(scope)))
    return { kind: 'refused', error: oauthError('invalid_scope') }
  return {
    kind: 'granted',
    request: { client: proof.client, ownerId: row.ownerId, grantType: 'refresh_token' },
    scopes: asked.length > 0 ? asked : row.scopes,
    spent: row,
    spend: () => undefined,
  }
}
