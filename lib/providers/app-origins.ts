import type { OpenApp } from './contract'

/** The origins that calls for this app may reach: its API host and, where it differs, the host its pages are on. */
export function appOrigins(app: Pick<OpenApp, 'baseUrl' | 'browserUrl'>): string[] {
  const urls = app.browserUrl === null ? [app.baseUrl] : [app.baseUrl, app.browserUrl]
  return [...new Set(urls.map((url) => new URL(url).origin))]
}
