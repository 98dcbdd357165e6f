import { isLoopback } from '../config/loopback'
import { type ProviderId, providerNames } from '../core/provider'
import type { AppUrls } from '../providers/manifest'
import type { OwnUrls } from './app-urls'

export type UrlCheck = {
  url: keyof OwnUrls
  level: 'warn' | 'info'
  words: string
  /** Stands after the words, as a date. */
  since: Date | null
}

/**
 * What an app's own URLs lack, seen from its provider. A provider on this machine (the sandbox, a test server) reaches loopback.
 *
 * @param app `createdAt`: since when a webhook could have come; `needs`: which URLs the manifest asks for
 */
export function urlChecks(app: {
  provider: ProviderId
  baseUrl: string
  urls: OwnUrls
  needs: AppUrls
  lastWebhookAt: Date | null
  createdAt: Date
}): UrlCheck[] {
  const kinds = (['redirect', 'webhook', 'landing'] as const).filter((kind) => app.needs[kind] !== null)
  const local = isLoopback(new URL(app.baseUrl).hostname)
  const name = providerNames[app.provider]
  const checks: UrlCheck[] = []
  const add = (url: keyof OwnUrls, level: UrlCheck['level'], words: string, since: Date | null = null) =>
    checks.push({ url, level, words, since })
  for (const kind of kinds) {
    const { protocol, hostname } = new URL(app.urls[kind])
    if (!local) {
      if (protocol !== 'https:') add(kind, 'warn', `Not https: ${name} may refuse it.`)
      if (isLoopback(hostname)) {
        const caller =
          kind === 'webhook' ? `${name} cannot reach this` : 'only browsers on this machine reach this'
        add(kind, 'warn', `Loopback: ${caller}. Set APP_URL to the public address.`)
      } else if (isPrivate(hostname) && kind === 'webhook') {
        add(kind, 'warn', `A private address: ${name} cannot reach this from the internet.`)
      }
    }
    if (kind === 'webhook' && app.lastWebhookAt === null) {
      add(kind, 'info', 'No webhook yet since', app.createdAt)
    }
  }
  return checks
}

/** Addresses of private networks (RFC 1918, 3927, 4193, 4291 2.5.6) and names that only a local network knows. */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return (
    /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)\d+/.test(host) ||
    /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host) ||
    /\.(local|internal|lan|home\.arpa)$/.test(host) ||
    !/[.:]/.test(host)
  )
}
