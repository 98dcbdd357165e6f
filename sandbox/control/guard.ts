import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import type { SandboxEnv } from '../kernel/contract'

/**
 * Keeps other sites' pages out: a name that is neither loopback nor allowed (DNS rebinding) and posts that a browser sends
 * for another origin. Programs send no `Sec-Fetch-Site` and pass.
 */
export function guard(allowedHosts: readonly string[]): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const { hostname, host } = new URL(c.req.url)
    if (!isPlainHost(hostname) && !allowedHosts.includes(hostname))
      return c.json({ error: 'forbidden', message: `not reached as ${hostname}` }, 403)
    if (c.req.method === 'POST' && !isOwnPost(c.req.raw.headers, host))
      return c.json({ error: 'forbidden', message: 'posted from another site' }, 403)
    return next()
  }
}

/** An address cannot be rebound, and `localhost` is nobody else's. */
function isPlainHost(hostname: string): boolean {
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
}

function isOwnPost(headers: Headers, host: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  return origin === null || origin === `http://${host}`
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** Lets only callers on this machine through: for what holds secrets. */
export const loopbackOnly: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  const address = c.env?.incoming?.socket.remoteAddress
  if (address !== undefined && !LOOPBACK.test(address))
    return c.json({ error: 'forbidden', message: 'only on this machine' }, 403)
  return next()
}
