import type { ProviderId } from '../core/provider'

export type OwnUrls = { redirect: string; webhook: string; landing: string }

/**
 * The addresses of ours that an app is told at its provider (design, section 7); its manifest says which of them it needs.
 *
 * @param appUrl origin of this Patchbay
 */
export function ownUrls(appUrl: URL, app: { provider: ProviderId; slug: string }): OwnUrls {
  const at = (path: string) => new URL(path, appUrl).href
  return {
    redirect: at(`/api/callback/${app.provider}`),
    webhook: at(`/api/webhooks/${app.provider}`),
    landing: at(`/outreach/setup/${encodeURIComponent(app.slug)}`),
  }
}
