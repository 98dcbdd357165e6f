import type { Context, MiddlewareHandler } from 'hono'
import { resourceRefusal, scopeRefusal } from '../doorkeeper/answers'
import type { SandboxEnv } from '../kernel/contract'
import { WHITE_LABEL_APP } from './apps'
import type { GuardedEnv, Outstand } from './outstand-parts'
import { limitCall } from './rate-limit'
import { APPLICATION_SCOPE } from './state'

/** Counts a call before anything else looks at it, as rack-attack does in front of Rails. */
export function limiter(parts: Outstand): MiddlewareHandler<SandboxEnv> {
  const bypassToken = parts.apps.find(({ key }) => key === WHITE_LABEL_APP)?.rateLimitBypass ?? ''
  return async (c, next) => {
    const call = {
      bucket: bucketOf(parts, c),
      bypass: c.req.header('x-ratelimit-bypass'),
      nowMs: parts.context.clock.nowMs(),
    }
    const refusal = limitCall(parts.store.state, call, bypassToken)
    parts.store.touch()
    if (refusal !== null) return refusal
    return next()
  }
}

/** The real bucket is not documented; here it is a person with an app, and the address where no token is known. */
function bucketOf(parts: Outstand, c: Context<SandboxEnv>): string {
  const row = parts.doorkeeper.peek(c)
  if (row !== undefined) return `${row.clientId}:${row.ownerId ?? 'application'}`
  return `address:${c.env?.incoming?.socket.remoteAddress ?? 'unknown'}`
}

/** Lets tokens of persons through: `read` to look, `write` to change. Tokens of applications get 403. */
export function userLevel({ doorkeeper }: Outstand): MiddlewareHandler<GuardedEnv> {
  return async (c, next) => {
    const bearer = await doorkeeper.authenticate(c)
    if (bearer.kind === 'fault') return resourceRefusal(bearer.fault)
    const { ownerId, scopes } = bearer.row
    const needed = c.req.method === 'GET' ? 'read' : 'write'
    if (ownerId === null || !scopes.includes(needed)) return scopeRefusal()
    c.set('ownerId', ownerId)
    return next()
  }
}

/** Lets tokens of applications with `provision_users` through. Tokens of persons get 403. */
export function applicationLevel({ doorkeeper }: Outstand): MiddlewareHandler<GuardedEnv> {
  return async (c, next) => {
    const bearer = await doorkeeper.authenticate(c)
    if (bearer.kind === 'fault') return resourceRefusal(bearer.fault)
    if (bearer.row.ownerId !== null || !bearer.row.scopes.includes(APPLICATION_SCOPE)) return scopeRefusal()
    c.set('ownerId', '')
    return next()
  }
}
