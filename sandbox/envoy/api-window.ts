import type { ApiRateLimit } from './state'

/** Counts API calls per company in windows fixed to the clock. In memory: a restart forgets them. */
export type ApiWindow = {
  /** Takes one call; null when it may pass, else the seconds until the window ends. */
  take(companyId: string, limit: ApiRateLimit, nowMs: number): number | null
}

export function createApiWindow(): ApiWindow {
  const counts = new Map<string, { window: number; used: number }>()
  return {
    take(companyId, limit, nowMs) {
      const windowMs = limit.windowS * 1000
      const window = Math.floor(nowMs / windowMs)
      const current = counts.get(companyId)
      const used = current?.window === window ? current.used : 0
      if (used >= limit.limit) return Math.ceil(((window + 1) * windowMs - nowMs) / 1000)
      counts.set(companyId, { window, used: used + 1 })
      return null
    },
  }
}
