import { sameText } from '../kernel/tokens'
import { AGREED_LIMIT } from './apps'
import type { OutstandState } from './state'

/** One call as the limiter sees it. */
export type LimitedCall = {
  /** Who is counted: a person with an app, an application, or nobody known. */
  readonly bucket: string
  readonly bypass: string | undefined
  readonly nowMs: number
}

/**
 * Counts a call in its window, which is fixed to the clock as rack-attack's is (providers.md section 8). Gives the 429
 * when the call is beyond the limit, else null. A valid bypass token is counted apart, against the agreed limit; one that
 * nobody was given changes nothing.
 */
export function limitCall(state: OutstandState, call: LimitedCall, bypassToken: string): Response | null {
  const { settings } = state
  const agreed = call.bypass !== undefined && sameText(call.bypass, bypassToken)
  const { limit, windowS } = agreed ? AGREED_LIMIT : settings
  const nowS = Math.floor(call.nowMs / 1_000)
  const key = agreed ? 'bypass' : call.bucket
  const index = Math.floor(nowS / windowS)
  const window = state.windows[key]
  const count = window?.index === index ? window.count + 1 : 1
  forgetOldWindows(state, index)
  state.windows[key] = { index, count }
  if (count <= limit) return null
  const endS = (index + 1) * windowS
  return new Response('Retry later\n', {
    status: 429,
    headers: {
      'content-type': 'text/plain',
      'retry-after':
        settings.retryAfter === 'seconds' ? String(endS - nowS) : new Date(endS * 1_000).toUTCString(),
    },
  })
}

const WINDOWS_MAX = 1_000

function forgetOldWindows(state: OutstandState, index: number): void {
  const entries = Object.entries(state.windows)
  if (entries.length < WINDOWS_MAX) return
  state.windows = Object.fromEntries(entries.filter(([, window]) => window.index === index))
}
