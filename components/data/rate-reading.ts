/** What is known of one rate-limit window, as pages are given it. Instants, not lengths: the page counts down by itself. */
export type RateView = {
  limit: number | null
  used: number | null
  remaining: number | null
  resetsAt: Date | null
  /**
   * `headers`: the provider told it; `own_count`: calls through Patchbay, counted here; `not_published`: it has no limit one may read;
   * `not_entered`: one was agreed that nobody has entered.
   */
  source: 'headers' | 'own_count' | 'not_published' | 'not_entered'
  /** When the figures were true; `null`: nothing was ever reported. */
  asOf: Date | null
  /** Older than one window: the figures may no longer hold. */
  stale: boolean
  last429At: Date | null
}

export type RateState = 'not_reported' | 'not_published' | 'not_entered' | 'at_limit' | 'near_limit' | 'ok'

const nearShare = 0.8

/** What the meter says in a word. A window whose reset has passed is no longer at its limit. @param nowMs epoch milliseconds */
export function rateState(view: RateView, nowMs: number): RateState {
  if (view.source === 'not_published' || view.source === 'not_entered') return view.source
  if (view.asOf === null || view.limit === null || view.used === null) return 'not_reported'
  if (view.resetsAt !== null && view.resetsAt.getTime() <= nowMs) return 'ok'
  if (view.used >= view.limit || view.remaining === 0) return 'at_limit'
  return view.used >= view.limit * nearShare ? 'near_limit' : 'ok'
}

/** `1,240`: the same on server and browser, whatever their locale. */
export function groupDigits(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
}
