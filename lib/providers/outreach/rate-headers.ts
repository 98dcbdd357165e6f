import { aheadMaxMs, parseInstantHeader, parseRetryAfter } from '../../http/retry-after'
import type { ApiAnswerFacts, RateReading } from '../contract'

/** A larger figure is no limit of calls. */
const believedMax = 1_000_000_000

/**
 * `X-RateLimit-*` of an API answer (providers.md 1.2): of two values the first is the user's hour; the reset may be seconds
 * since 1970, seconds from now, or ISO-8601. An instant more than a day away is not believed.
 */
export function readOutreachRate({ status, headers, at }: ApiAnswerFacts): RateReading | null {
  const limit = firstInteger(headers.get('x-ratelimit-limit') ?? headers.get('x-rate-limit-limit'))
  const remaining = firstInteger(
    headers.get('x-ratelimit-remaining') ?? headers.get('x-rate-limit-remaining'),
  )
  const told = parseInstantHeader(headers.get('x-ratelimit-reset') ?? headers.get('x-rate-limit-reset'), at)
  const resetsAt = told && Math.abs(told.getTime() - at.getTime()) <= aheadMaxMs ? told : null
  const refused = status === 429 || status === 503
  const retryAt = refused ? (parseRetryAfter(headers.get('retry-after'), at) ?? later(resetsAt, at)) : null
  if (limit === null && remaining === null && resetsAt === null && retryAt === null) return null
  return { limit, remaining, resetsAt, retryAt }
}

function firstInteger(value: string | null): number | null {
  const match = /^\s*(\d{1,12})(?:\.0+)?\s*(?:[,;].*)?$/.exec(value ?? '')
  const figure = match ? Number(match[1]) : Number.POSITIVE_INFINITY
  return figure <= believedMax ? figure : null
}

function later(instant: Date | null, at: Date): Date | null {
  return instant && instant > at ? instant : null
}
