import { readTokenCall } from '../oauth/read-token-call'
import type { FailureRules } from '../oauth/token-failure'
import { secretsOf, type TokenEncoding, type TokenParameters, tokenBody } from '../oauth/token-request'
import { appOrigins } from './app-origins'
import type { AccountIdentity, CallContext, OpenApp, TokenOutcome } from './contract'

export type TokenCall = {
  url: URL
  encoding: TokenEncoding
  parameters: TokenParameters
  rules: FailureRules
  purpose: string
  /** Reads who the tokens belong to from the whole answer. */
  account?(json: unknown): Partial<AccountIdentity>
}

/** One call of a token endpoint: built, sent once, read. */
export async function callTokenEndpoint(
  context: CallContext,
  app: OpenApp,
  call: TokenCall,
): Promise<TokenOutcome> {
  const requestedAt = context.now()
  const answer = await context.http.send({
    method: 'POST',
    url: call.url,
    allowedOrigins: appOrigins(app),
    body: tokenBody(call.encoding, call.parameters),
    timeoutMs: context.timeoutMs,
    purpose: call.purpose,
  })
  const result = readTokenCall(answer, call.rules, {
    requestedAt,
    now: context.now(),
    known: secretsOf(call.parameters),
  })
  if (result.kind !== 'tokens') return result
  return { kind: 'renewed', tokens: { ...result.tokens, account: call.account?.(result.json) ?? {} } }
}
