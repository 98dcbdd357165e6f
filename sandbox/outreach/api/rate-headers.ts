/** How this Outreach writes its limit headers; each variant has been seen, none is documented (providers.md 1.2). */
export type RateHeaderForm = {
  /** `two`: a second, larger number after a comma. */
  readonly remaining: 'one' | 'two'
  readonly reset: 'epoch' | 'iso' | 'delta'
}

export type RateWindow = { readonly limit: number; readonly used: number; readonly resetAtMs: number }

/** The undocumented second bucket that some answers show: a year's entitlement. */
const SECOND_BUCKET = 1_000_000

/** `X-RateLimit-Limit`, `-Remaining` and `-Reset` for one window. */
export function rateHeaders(window: RateWindow, form: RateHeaderForm, nowMs: number): Record<string, string> {
  const remaining = Math.max(0, window.limit - window.used)
  const second = Math.max(0, SECOND_BUCKET - window.used)
  return {
    'x-ratelimit-limit': String(window.limit),
    'x-ratelimit-remaining': form.remaining === 'two' ? `${remaining}, ${second}` : String(remaining),
    'x-ratelimit-reset': formatReset(window.resetAtMs, form, nowMs),
  }
}

/** The same moment as `Retry-After` on a 429, where it is an alias of Reset. */
export function formatReset(atMs: number, form: RateHeaderForm, nowMs: number): string {
  switch (form.reset) {
    case 'epoch':
      return String(Math.ceil(atMs / 1_000))
    case 'iso':
      return new Date(atMs).toISOString()
    case 'delta':
      return String(Math.max(0, Math.ceil((atMs - nowMs) / 1_000)))
  }
}
