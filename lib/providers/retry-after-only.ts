import { parseRetryAfter } from '../http/retry-after'
import type { ApiAnswerFacts, RateReading } from './contract'

/** For providers that publish no rate headers: what a 429 or 503 says of the next try is all there is. */
export function readRetryAfterOnly({ status, headers, at }: ApiAnswerFacts): RateReading | null {
  if (status !== 429 && status !== 503) return null
  const retryAt = parseRetryAfter(headers.get('retry-after'), at)
  return retryAt === null ? null : { limit: null, remaining: null, resetsAt: null, retryAt }
}
