import type { Context } from 'hono'
import { readBody, single } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { errorAnswer, oauthError, revokeRefusal } from './answers'
import { proveClient } from './client-auth'
import type { Engine } from './engine'
import { readable, unreadable } from './token-endpoint'
import { accessFault } from './token-life'

/**
 * POST /oauth/revoke (RFC 7009). `200 {}` says little: an unknown token gets it too, and so does a pair whose access
 * token has expired, which is left alive with its refresh token (a fault that Doorkeeper had until 5.8.1, as measured).
 */
export async function revokeEndpoint(engine: Engine, c: Context<SandboxEnv>): Promise<Response> {
  const body = await readBody(c)
  if (body.kind === 'malformed') return unreadable()
  const fields = readable(body)
  const proof = proveClient(c.req.header('authorization'), fields, engine.options.findClient)
  if (proof.kind === 'both') return errorAnswer(oauthError('invalid_request'))
  if (proof.kind !== 'known') return revokeRefusal()
  const token = single(fields, 'token') ?? ''
  const row = engine.tokens.byAccess(token) ?? engine.tokens.byRefresh(token)
  if (row !== undefined && row.clientId !== proof.client.clientId) return revokeRefusal()
  const nowMs = engine.options.context.clock.nowMs()
  if (row !== undefined && accessFault(row, nowMs) === null) {
    row.revokedAtMs = nowMs
    await engine.store.commit()
  }
  return Response.json({}, { headers: { 'content-type': 'application/json; charset=utf-8' } })
}
