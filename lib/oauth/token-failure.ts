import type { Secret } from '../core/secret'
import type { NoAnswer, OutboundAnswer } from '../http/http-client'
import { retryAfterMs } from '../http/retry-after'
import { type ProviderError, readProviderError } from './provider-error'

type Words = { code: string; words: string; status: number | null }

/** Why a token call did not give tokens (design 3.5). */
export type TokenFailure =
  | ({ kind: 'transient'; retryAfterMs: number | null; ambiguous: boolean } & Words)
  | ({ kind: 'terminal' | 'app_fault' } & Words)

/** Where a provider departs from RFC 6749, 5.2. */
export type FailureRules = {
  /** Errors that end the grant besides `invalid_grant`, spaces as underscores. */
  terminalErrors: readonly string[]
  /** Statuses that end the grant where no known error is named and the body is no HTML page. */
  terminalStatuses: readonly number[]
  /** Wait after a 429 that does not tell one. */
  throttledMs: number
  /** Whether a lost answer costs the grant; false where the call can simply be made again (mints). */
  spendsGrant: boolean
}

export type FailureContext = { now: Date; known: readonly Secret[] }

const appErrors = [
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_request',
]
const grantErrors = ['invalid_grant', 'access_denied', 'invalid_token']
const passingErrors = ['temporarily_unavailable', 'server_error', 'slow_down', 'scheduledservermaintenance']

/**
 * Classifies a token call that gave no tokens, on the named error first and the status second: servers of one kind answer the
 * same error with different statuses, and even with 200 (providers.md 4.3). What is not understood is transient: only
 * a clear refusal may end a grant.
 */
export function classifyTokenFailure(
  answer: OutboundAnswer | NoAnswer,
  rules: FailureRules,
  context: FailureContext,
): TokenFailure {
  if (answer.kind === 'no_answer') return withoutAnswer(answer, rules)
  const error = readProviderError(answer.text, context.known)
  const { status } = answer
  const said = { words: error.words || `It answered ${status} without a word.`, status }
  const code = error.code
  const name = code?.toLowerCase() ?? ''
  if (code !== null) {
    if (grantErrors.includes(name) || rules.terminalErrors.includes(name))
      return { kind: 'terminal', code, ...said }
    if (appErrors.includes(name)) return { kind: 'app_fault', code, ...said }
  }
  const wait = retryAfterMs(answer.headers, context.now)
  const transient = (called: string, ambiguous: boolean, words = said.words) => ({
    kind: 'transient' as const,
    code: called,
    words,
    status,
    retryAfterMs: wait,
    ambiguous: ambiguous && rules.spendsGrant,
  })
  if (status === 429) return { ...transient('throttled', false), retryAfterMs: wait ?? rules.throttledMs }
  if (code !== null && passingErrors.includes(name)) return transient(code, name === 'server_error')
  if (status >= 500)
    return transient(`http_${status}`, !refusesPolitely(answer, error), page(error, said.words))
  if (status === 408) return transient('http_408', true)
  if (status >= 200 && status < 300)
    return transient(
      'answer_invalid',
      true,
      `It answered ${status} with ${bodyWords[error.format]} instead of tokens.`,
    )
  if (status >= 300 && status < 400)
    return transient(
      'redirect',
      false,
      `It answered with a redirect (${status}), which is not followed: check the base URL.`,
    )
  if (error.format === 'html') return transient(`http_${status}`, false, page(error, said.words))
  if (status === 401) return { kind: 'app_fault', code: code ?? 'http_401', ...said }
  if (rules.terminalStatuses.includes(status))
    return { kind: 'terminal', code: code ?? `http_${status}`, ...said }
  return transient(code ?? `http_${status}`, false)
}

const bodyWords = {
  json: 'other JSON',
  html: 'an HTML page',
  text: 'plain text',
  empty: 'nothing',
} as const

function withoutAnswer(answer: NoAnswer, rules: FailureRules): TokenFailure {
  const said = { words: answer.words, status: null }
  if (answer.reason === 'host_not_allowed') return { kind: 'app_fault', code: answer.reason, ...said }
  return {
    kind: 'transient',
    code: answer.reason,
    ...said,
    retryAfterMs: null,
    ambiguous: answer.maybeSent && rules.spendsGrant,
  }
}

/** A 503 that names its error or its end comes from the service itself, before it did anything. */
function refusesPolitely(answer: OutboundAnswer, error: ProviderError): boolean {
  return answer.status === 503 && (error.code !== null || answer.headers.has('retry-after'))
}

function page(error: ProviderError, words: string): string {
  return error.format === 'html' ? `An HTML page came instead of an answer: ${words}` : words
}
