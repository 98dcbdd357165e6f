import { below } from '../base-url'
import type { OpenApp } from '../contract'

/** One host for everything: app.outstand.com or the customer's white label (seed 004). */
type Base = Pick<OpenApp, 'baseUrl'>

export function authorizeEndpoint(app: Base): URL {
  return below(app.baseUrl, 'oauth/authorize')
}

export function tokenEndpoint(app: Base): URL {
  return below(app.baseUrl, 'oauth/token')
}

export function tokenInfoEndpoint(app: Base): URL {
  return below(app.baseUrl, 'oauth/token/info')
}

/** Not documented; presumed to exist (providers.md 3.5). */
export function revokeEndpoint(app: Base): URL {
  return below(app.baseUrl, 'oauth/revoke')
}

export function profilesEndpoint(app: Base): URL {
  return below(app.baseUrl, 'api/v1/profiles.json')
}
