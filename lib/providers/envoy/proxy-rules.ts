import type { OpenApp, ProxyRules } from '../contract'

/**
 * Envoy's API has two hosts (providers.md 2.1): `api/…` and `a/graphql` are on that of its dashboard, everything else on the
 * app's base URL. Consent and token endpoints are on neither.
 */
export function envoyProxyRules(app: Pick<OpenApp, 'baseUrl' | 'browserUrl'>): ProxyRules {
  const refuses = ['a/auth', 'oauth', 'oauth2']
  return {
    hosts: [
      { base: app.browserUrl ?? app.baseUrl, takes: ['api', 'a/graphql'], refuses, headers: {} },
      { base: app.baseUrl, takes: [''], refuses: [...refuses, 'a'], headers: {} },
    ],
    withheld: [],
    bodyType: null,
  }
}
