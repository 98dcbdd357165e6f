import { readAnswerBody } from '../http/answer-body'
import type { NoAnswer, OutboundAnswer } from '../http/http-client'
import { type IssuedTokens, readIssuedTokens } from './token-answer'
import {
  classifyTokenFailure,
  type FailureContext,
  type FailureRules,
  type TokenFailure,
} from './token-failure'

/** What a token call led to; `json` is the whole answer, for the fields that only one provider has. */
export type TokenCallResult = { kind: 'tokens'; tokens: IssuedTokens; json: unknown } | TokenFailure

/**
 * Reads the answer of a token endpoint. Tokens count only in an answer of 2xx that names no error.
 *
 * @param requestedAt when the request was sent
 */
export function readTokenCall(
  answer: OutboundAnswer | NoAnswer,
  rules: FailureRules,
  context: FailureContext & { requestedAt: Date },
): TokenCallResult {
  if (answer.kind === 'answer' && answer.status >= 200 && answer.status < 300) {
    const body = readAnswerBody(answer.text)
    if (body.kind === 'json' && !namesError(body.value)) {
      const tokens = readIssuedTokens(body.value, context.requestedAt)
      if (tokens) return { kind: 'tokens', tokens, json: body.value }
    }
  }
  return classifyTokenFailure(answer, rules, context)
}

function namesError(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    'error' in json &&
    typeof json.error === 'string' &&
    json.error !== ''
  )
}
