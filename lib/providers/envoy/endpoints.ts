import { below } from '../base-url'
import type { OpenApp } from '../contract'

type Base = Pick<OpenApp, 'baseUrl' | 'browserUrl'>

/** Consent is on Envoy's dashboard host, the API on another (providers.md 2.1). */
export function authorizeEndpoint(app: Base): URL {
  return below(app.browserUrl ?? app.baseUrl, 'a/auth/v0/authorize')
}

/** The address of seed 003. */
export function tokenEndpoint(app: Base): URL {
  return below(app.baseUrl, 'oauth2/token')
}

export function apiEndpoint(app: Base, path: 'v1/companies' | 'v1/locations'): URL {
  return below(app.baseUrl, path)
}
