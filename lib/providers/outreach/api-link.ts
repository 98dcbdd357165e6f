import type { OpenApp } from '../contract'

/**
 * An org's API link as it may be stored and called: on one of Outreach's hosts over https, or on the app's own base origin.
 * A link comes from a payload, and tokens are sent to where it points (providers.md 1.3).
 *
 * @returns the link without query, fragment and trailing slash; `null` when it points elsewhere
 */
export function checkedApiUrl(app: Pick<OpenApp, 'baseUrl'>, link: string): string | null {
  if (!URL.canParse(link)) return null
  const url = new URL(link)
  if (url.username !== '' || url.password !== '') return null
  const own = url.origin === new URL(app.baseUrl).origin
  const outreach =
    url.protocol === 'https:' &&
    url.port === '' &&
    (url.hostname === 'outreach.io' || url.hostname.endsWith('.outreach.io'))
  if (!own && !outreach) return null
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
