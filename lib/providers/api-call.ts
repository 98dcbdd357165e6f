import type { Secret } from '../core/secret'
import { readAnswerBody } from '../http/answer-body'
import type { NoAnswer, OutboundAnswer } from '../http/http-client'
import { providerWords } from '../http/redact'
import { readProviderError } from '../oauth/provider-error'
import type { CallContext, FailureWords, ProbeOutcome } from './contract'

export type ApiCall = {
  url: URL
  /** The one origin of `url`, which the caller has checked. */
  allowedOrigins: readonly string[]
  accessToken: Secret
  headers?: Readonly<Record<string, string>>
  pathTemplate?: string
  purpose: string
}

/** One GET of a provider's API with the access token; the headers of its answer are reported for the rate limits. */
export async function callApi(context: CallContext, call: ApiCall): Promise<OutboundAnswer | NoAnswer> {
  const answer = await context.http.send({
    method: 'GET',
    url: call.url,
    ...(call.pathTemplate === undefined ? {} : { pathTemplate: call.pathTemplate }),
    allowedOrigins: call.allowedOrigins,
    headers: { ...call.headers, authorization: `Bearer ${call.accessToken.reveal()}` },
    timeoutMs: context.timeoutMs,
    purpose: call.purpose,
  })
  if (answer.kind === 'answer')
    context.onAnswer?.({ status: answer.status, headers: answer.headers, at: context.now() })
  return answer
}

/** The provider's words on a call that gave nothing usable. */
export function answerWords(answer: OutboundAnswer | NoAnswer, known: readonly Secret[]): FailureWords {
  if (answer.kind === 'no_answer') return { code: answer.reason, words: answer.words, status: null }
  const { status } = answer
  const error = readProviderError(answer.text, known)
  if (status >= 200 && status < 300)
    return {
      code: 'answer_invalid',
      words: `It answered ${status} with something that cannot be read.`,
      status,
    }
  const reason = status === 401 ? (answer.headers.get('www-authenticate') ?? '') : ''
  const words = error.words || challengeWords(reason) || `It answered ${status} without a word.`
  return { code: error.code ?? `http_${status}`, words, status }
}

/**
 * What an answer to a harmless API call proves: a 403 or 429 comes only to a live token (providers.md 1.4), a 401 to a dead
 * one; anything else proves nothing.
 */
export function readProbe(answer: OutboundAnswer | NoAnswer, accessToken: Secret): ProbeOutcome {
  if (answer.kind === 'answer') {
    const { status } = answer
    const { kind } = readAnswerBody(answer.text)
    // A page of a proxy or a sign-in form is not the API's answer.
    if (status >= 200 && status < 300 && kind === 'json') return { kind: 'alive' }
    if ((status === 403 || status === 429) && kind !== 'html') return { kind: 'alive' }
    if (status === 401) return { kind: 'dead', ...answerWords(answer, [accessToken]) }
  }
  return { kind: 'unknown', ...answerWords(answer, [accessToken]) }
}

/** The description in `WWW-Authenticate`, where Doorkeeper's empty 401 says why (providers.md 4.5). */
function challengeWords(header: string): string {
  return providerWords(/error_description="([^"]{1,160})"/.exec(header)?.[1] ?? '')
}
