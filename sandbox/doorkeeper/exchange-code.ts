import { createHash } from 'node:crypto'
import { type Fields, single } from '../kernel/body'
import { missingParameter, oauthError } from './answers'
import type { ClientProof } from './client-auth'
import type { Engine } from './engine'
import type { GrantOutcome } from './grant-outcome'
import type { CodeRow } from './model'

/**
 * `grant_type=authorization_code`, with Doorkeeper's checks in Doorkeeper's order. Only a success uses the code up; a
 * second use is refused and harms nobody (before Doorkeeper 6).
 */
export function exchangeCode(engine: Engine, proof: ClientProof, fields: Fields): GrantOutcome {
  const { store, options } = engine
  const value = single(fields, 'code')
  if (value === undefined) return { kind: 'refused', error: missingParameter('code') }
  const code = store.state.codes.find((row) => row.code === value)
  const verifier = single(fields, 'code_verifier')
  const redirectUri = single(fields, 'redirect_uri')
  const pkceChecked = store.state.settings.pkce === 'checked'
  if (pkceChecked && code?.challenge && verifier === undefined)
    return { kind: 'refused', error: missingParameter('code_verifier') }
  if (redirectUri === undefined) return { kind: 'refused', error: missingParameter('redirect_uri') }
  if (proof.kind !== 'known') return { kind: 'refused', error: oauthError('invalid_client') }
  const refused = { kind: 'refused', error: oauthError('invalid_grant') } as const
  if (code === undefined || code.clientId !== proof.client.clientId) return refused
  if (code.used || options.context.clock.nowMs() >= code.expiresAtMs) return refused
  if (code.redirectUri !== redirectUri) return refused
  if (pkceChecked && !verifierFits(code, verifier)) return refused
  return {
    kind: 'granted',
    request: { client: proof.client, ownerId: code.ownerId, grantType: 'authorization_code' },
    scopes: code.scopes,
    spent: null,
    spend: () => {
      code.used = true
    },
  }
}

/** A verifier must fit the stored challenge (RFC 7636 section 4.6) and must not come without one. */
function verifierFits({ challenge }: CodeRow, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined
  if (verifier === undefined) return false
  const sent =
    challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')
  return sent === challenge.value
}
