import type { OpenApp } from '../contract'

/**
 * The header of an agreed rate limit (seed 004, “Rate Limits”), for API calls to the app's own host only.
 */
export function bypassHeader(
  app: Pick<OpenApp, 'baseUrl' | 'rateLimitBypass'>,
  url: URL,
): Record<string, string> {
  if (app.rateLimitBypass === null || url.origin !== new URL(app.baseUrl).origin) return {}
  return { 'x-ratelimit-bypass': app.rateLimitBypass.reveal() }
}
