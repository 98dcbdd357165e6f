import type { Secret } from '../../core/secret'
import type { OpenApp, ProxyRules } from '../contract'

/**
 * Programs reach `api/…` on the app's one host. The header of an agreed limit is the app's to send, to that host only, and
 * replaces a caller's own (seed 004, “Rate Limits”).
 */
export function outstandProxyRules(app: Pick<OpenApp, 'baseUrl' | 'rateLimitBypass'>): ProxyRules {
  const { baseUrl, rateLimitBypass } = app
  const headers: Record<string, Secret> =
    rateLimitBypass === null ? {} : { 'x-ratelimit-bypass': rateLimitBypass }
  return {
    hosts: [{ base: baseUrl, takes: ['api'], refuses: ['oauth', 'sso'], headers }],
    withheld: ['x-ratelimit-bypass'],
    bodyType: null,
  }
}
