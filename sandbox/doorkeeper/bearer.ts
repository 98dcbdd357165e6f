import { readBearer } from '../kernel/basic-auth'
import { type Fields, single } from '../kernel/body'
import type { CallContext } from '../kernel/contract'
import type { TokenFault } from './answers'
import type { Engine } from './engine'
import type { TokenRow } from './model'
import { accessFault, markFirstUse } from './token-life'

export type Bearer =
  | { readonly kind: 'live'; readonly row: TokenRow }
  | { readonly kind: 'fault'; readonly fault: TokenFault; readonly given: boolean }

/**
 * The token of a request: from `Authorization: Bearer` (in any case), else from the parameters `access_token` and
 * `bearer_token` of the query or of `fields`. Any request that names a token counts as its first use, even one that is
 * then refused, as in Doorkeeper's `OAuth::Token.authenticate`.
 */
export async function findBearer(engine: Engine, c: CallContext, fields?: Fields): Promise<Bearer> {
  const token = tokenOf(c, fields)
  const row = token === undefined ? undefined : engine.tokens.byAccess(token)
  if (row === undefined) return { kind: 'fault', fault: 'invalid', given: token !== undefined }
  const nowMs = engine.options.context.clock.nowMs()
  if (markFirstUse(row, engine.tokens, nowMs)) await engine.store.commit()
  const asleep = row.ownerId !== null && engine.options.suspended?.(row.ownerId) === true
  const fault = asleep ? 'revoked' : accessFault(row, nowMs)
  return fault === null ? { kind: 'live', row } : { kind: 'fault', fault, given: true }
}

/** The row of the token that a call shows, without using it. */
export function peekBearer(engine: Engine, c: CallContext): TokenRow | undefined {
  const token = tokenOf(c, undefined)
  return token === undefined ? undefined : engine.tokens.byAccess(token)
}

function tokenOf(c: CallContext, fields: Fields | undefined): string | undefined {
  const fromHeader = readBearer(c.req.header('authorization'))
  if (fromHeader !== undefined) return fromHeader
  for (const name of ['access_token', 'bearer_token']) {
    const value = c.req.query(name) || (fields === undefined ? undefined : single(fields, name))
    if (value) return value
  }
  return undefined
}
