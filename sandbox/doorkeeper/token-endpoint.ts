import type { Context } from 'hono'
import { type Fields, type ReadBody, readBody, single } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { errorAnswer, missingParameter, oauthError, tokenAnswer } from './answers'
import { type ClientProof, proveClient } from './client-auth'
import { clientCredentials } from './client-credentials'
import { type Engine, mint } from './engine'
import { exchangeCode } from './exchange-code'
import type { GrantOutcome } from './grant-outcome'
import type { TokenRow } from './model'
import type { MintRequest } from './options'
import { refresh } from './refresh'

/** POST /oauth/token. The new row is on disk before it is answered. */
export async function tokenEndpoint(engine: Engine, c: Context<SandboxEnv>): Promise<Response> {
  const body = await readBody(c)
  if (body.kind === 'malformed') return unreadable()
  const fields = readable(body)
  const proof = proveClient(c.req.header('authorization'), fields, engine.options.findClient)
  if (proof.kind === 'both') return errorAnswer(oauthError('invalid_request'))
  const outcome = decide(engine, proof, fields)
  if (outcome.kind === 'refused') return errorAnswer(outcome.error)
  const refusal = engine.options.refuseMint?.(outcome.request)
  if (refusal) return refusal
  outcome.spend()
  const row = mint(engine, outcome.request, outcome.scopes, outcome.spent)
  const answer = writeAnswer(engine, row, outcome.request)
  await engine.store.commit()
  return tokenAnswer(answer)
}

/** The fields of a body that Rails reads as parameters: a form, multipart or plain JSON. */
export function readable(body: ReadBody): Fields {
  return ['form', 'json', 'multipart'].includes(body.kind) ? body.fields : new Map()
}

/** Rails refuses a body it cannot parse before Doorkeeper sees it. */
export function unreadable(): Response {
  return new Response(null, { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

function decide(engine: Engine, proof: ClientProof, fields: Fields): GrantOutcome {
  const grantType = single(fields, 'grant_type')
  switch (grantType) {
    case undefined:
      return { kind: 'refused', error: missingParameter('grant_type') }
    case 'authorization_code':
      return exchangeCode(engine, proof, fields)
    case 'refresh_token':
      return refresh(engine, proof, fields)
    case 'client_credentials':
      return clientCredentials(proof, fields)
    default:
      return { kind: 'refused', error: oauthError('unsupported_grant_type') }
  }
}

/** The body of a token answer in Doorkeeper's order of keys (providers.md 4.1). */
export function writeAnswer(engine: Engine, row: TokenRow, request: MintRequest): Record<string, unknown> {
  const { context, shapeAnswer } = engine.options
  const keepsRefresh = request.client.keepsRefreshToken === true && request.grantType === 'refresh_token'
  const body = {
    access_token: row.accessToken,
    token_type: 'Bearer',
    expires_in: Math.floor((row.accessExpiresAtMs - context.clock.nowMs()) / 1_000),
    refresh_token: keepsRefresh ? null : row.refreshToken,
    scope: row.scopes.join(' '),
    created_at: Math.floor(row.createdAtMs / 1_000),
  }
  return { ...(shapeAnswer?.(body, request) ?? body) }
}
