import { isPatchbayError, type PatchbayError } from '../core/errors'
import { isUnreachable } from '../db/is-unreachable'
import type { Deps } from '../deps'
import { ownHeaders, type PlainHeaders } from './own-headers'
import { type ProblemCode, problemTable } from './problem-table'

/** Facts of an error that programs read, and what they are called on the wire. */
const members: Readonly<Record<string, string>> = {
  retryAt: 'retry_at',
  scope: 'scope',
  reason: 'reason',
  field: 'field',
  limit: 'limit',
}
/** A moment for a database or a renewal that is on its way. */
const soonS = 2

type Facts = PatchbayError['detail']

/** An error as `application/problem+json` (RFC 9457). What nobody expected is logged under the request's id and told without its words. */
export function problemAnswer(
  deps: Pick<Deps, 'clock' | 'log'>,
  requestId: string,
  error: unknown,
): Response {
  if (isPatchbayError(error)) {
    if (problemTable[error.code].status >= 500)
      deps.log.info({ requestId, code: error.code }, 'an API call failed')
    return problem(deps, requestId, { code: error.code, words: error.message, facts: error.detail })
  }
  if (isUnreachable(error)) {
    deps.log.warn({ requestId, err: error }, 'the database did not answer an API call')
    return problem(deps, requestId, { code: 'database_unreachable', words: 'The database does not answer.' })
  }
  deps.log.error({ requestId, err: error }, 'an API call failed')
  return problem(deps, requestId, { code: 'internal_error', words: 'The log has more under this instance.' })
}

/**
 * @param told.words fit for a program's operator, without any secret
 * @param more headers beside those of every problem
 */
export function problem(
  { clock }: Pick<Deps, 'clock'>,
  requestId: string,
  told: { code: ProblemCode; words: string; facts?: Facts },
  more: PlainHeaders = {},
): Response {
  const { code, words, facts = {} } = told
  const { status, title } = problemTable[code]
  const headers: PlainHeaders = { 'content-type': 'application/problem+json', ...more }
  const waitS = retryAfterS(code, facts, clock.now().getTime())
  if (waitS !== null) headers['retry-after'] = String(waitS)
  if (status === 401) headers['www-authenticate'] = challenge(facts)
  const body = {
    type: `urn:patchbay:problem:${code}`,
    title,
    status,
    detail: words,
    instance: `urn:patchbay:request:${requestId}`,
    code,
    ...shownFacts(facts),
  }
  return new Response(JSON.stringify(body), { status, headers: ownHeaders(requestId, headers) })
}

function shownFacts(facts: Facts): Record<string, Facts[string]> {
  const shown: Record<string, Facts[string]> = {}
  for (const [name, value] of Object.entries(facts)) {
    const member = members[name]
    if (member && value !== null) shown[member] = value
  }
  return shown
}

/** Whole seconds, never too few. */
function retryAfterS(code: ProblemCode, { retryAt, retryAfterS }: Facts, nowMs: number): number | null {
  if (typeof retryAfterS === 'number') return Math.max(1, Math.ceil(retryAfterS))
  if (typeof retryAt === 'string') return Math.max(1, Math.ceil((Date.parse(retryAt) - nowMs) / 1000))
  return code === 'rotation_timeout' || code === 'database_unreachable' ? soonS : null
}

/** RFC 6750, 3: a request without a key is told the scheme alone. */
function challenge({ reason }: Facts): string {
  return reason === 'missing' ? 'Bearer realm="Patchbay"' : 'Bearer realm="Patchbay", error="invalid_token"'
}
