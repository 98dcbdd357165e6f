import { appOrigins } from '../app-origins'
import type { OpenApp } from '../contract'
import { checkedApiUrl } from './api-link'

/** Where API calls of a connection go: the org's link if it still passes the check, else the app's own host. */
export function apiHost(
  app: Pick<OpenApp, 'baseUrl' | 'browserUrl'>,
  apiUrl: string | null,
): { apiUrl: string | null; origins: string[] } {
  const checked = apiUrl === null ? null : checkedApiUrl(app, apiUrl)
  return { apiUrl: checked, origins: checked === null ? appOrigins(app) : [new URL(checked).origin] }
}
