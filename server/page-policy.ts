import type { Config } from '../lib/config/config'
import { isLoopback } from '../lib/config/loopback'

type PolicyConfig = Pick<Config, 'appUrl' | 'cookieSecure' | 'providerUrls' | 'sandbox'>

/**
 * What our pages may do (CSP level 3). Chromium applies `form-action` to the whole redirect chain after a form post, and Connect
 * leads to a provider, so https is allowed, and loopback where a provider is there.
 *
 * @param nonce of this one page
 * @param dev development needs `eval` and inline styles
 */
export function pagePolicy(config: PolicyConfig, nonce: string, dev: boolean): string {
  const directives = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", ...(dev ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    // Meters are drawn by the server with a width in a style attribute.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(dev ? ['ws:'] : [])],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'form-action': ["'self'", 'https:', ...loopbackOrigins(config)],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

/** The headers of every answer to a browser; a route that knows better sets its own. */
export function pageHeaders(config: PolicyConfig): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(config.cookieSecure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** On a machine of one's own any loopback port may be a provider: an app entered in the settings as well. */
function loopbackOrigins({ appUrl, providerUrls, sandbox }: PolicyConfig): string[] {
  if (isLoopback(appUrl.hostname)) return ['http://localhost:*', 'http://127.0.0.1:*']
  const { control: _, ...ports } = sandbox.ports
  const local = sandbox.on ? Object.values(ports).map((port) => `http://localhost:${port}`) : []
  const overrides = Object.values(providerUrls)
    .map((url) => new URL(url))
    .filter((url) => url.protocol === 'http:')
    .map((url) => url.origin)
  return [...new Set([...local, ...overrides])]
}
