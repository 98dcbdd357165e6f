import { below } from '../base-url'
import type { OpenApp } from '../contract'

/** Outreach's own media type; its documents ask for it on every request (providers.md 1.2). */
export const jsonApi = 'application/vnd.api+json'

type Base = Pick<OpenApp, 'baseUrl' | 'browserUrl'>

export function authorizeEndpoint(app: Base): URL {
  return below(app.browserUrl ?? app.baseUrl, 'oauth/authorize')
}

export function tokenEndpoint(app: Base): URL {
  return below(app.baseUrl, 'oauth/token')
}

/** Not documented; it exists on a stock server of the kind Outreach seems to run (providers.md 1.1, 17). */
export function revokeEndpoint(app: Base): URL {
  return below(app.baseUrl, 'oauth/revoke')
}

/** Root of the REST API: an org's own link, or the app's host. */
export function apiRoot(app: Base, apiUrl: string | null): URL {
  return apiUrl === null ? below(app.baseUrl, 'api/v2') : new URL(apiUrl)
}

/** An action of `/api/app/installs/…` (seed 000). `segment` comes from `pathSegment`. */
export function installAction(app: Base, segment: string, action: 'accessToken' | 'setupToken'): URL {
  return below(app.baseUrl, `api/app/installs/${segment}/actions/${action}`)
}
