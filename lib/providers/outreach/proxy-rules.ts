import type { ProxiedApp, ProxyRules } from '../contract'
import { apiHost } from './api-host'
import { jsonApi } from './endpoints'

/** An org's link names the API's root; programs write the whole path. */
const apiSuffix = /\/api\/v\d{1,2}$/

/**
 * Programs reach `api/…` on the org's own host, where it has a link, else on the app's: not the install actions below
 * `api/app`, which mint tokens, and nothing of `oauth` (providers.md 1.1, seed 000).
 */
export function outreachProxyRules(app: ProxiedApp, { apiUrl }: { apiUrl: string | null }): ProxyRules {
  const link = apiHost(app, apiUrl).apiUrl
  const base = link === null ? app.baseUrl : link.replace(apiSuffix, '')
  return {
    hosts: [{ base, takes: ['api'], refuses: ['api/app', 'api/installs'], headers: {} }],
    withheld: [],
    bodyType: jsonApi,
  }
}
