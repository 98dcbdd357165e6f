import type { Secret } from '../core/secret'
import { credentials, tokenBody } from '../oauth/token-request'
import { answerWords } from './api-call'
import { clientCredentials } from './app-credentials'
import { appOrigins } from './app-origins'
import type { CallContext, OpenApp, ProbeOutcome, RevokeOutcome } from './contract'
import { sentence } from './sentence'

export type RevokeCall = {
  url: URL
  accessToken: Secret
  refreshToken: Secret | null
  providerName: string
  removeThere: string
  /** One API call with the access token. */
  probe(): Promise<ProbeOutcome>
}

/**
 * Revokes a pair (RFC 7009) and looks whether it took. Servers of this kind answer 200 for a token they never knew, and for a
 * pair whose access token has expired, so the proof is a token that worked before and is refused after (providers.md 8). The
 * probe before it is also the new token's first use, without which the pair's predecessor would live on.
 */
export async function revokeToken(
  context: CallContext,
  app: OpenApp,
  call: RevokeCall,
): Promise<RevokeOutcome> {
  const client = clientCredentials(app)
  if (client === null)
    return { kind: 'not_confirmed', detail: `The app has no client id and secret. ${call.removeThere}` }
  const before = await call.probe()
  const token = call.refreshToken ?? call.accessToken
  const hint = call.refreshToken ? 'refresh_token' : 'access_token'
  const answer = await context.http.send({
    method: 'POST',
    url: call.url,
    allowedOrigins: appOrigins(app),
    body: tokenBody('form', { ...credentials(client), token, token_type_hint: hint }),
    timeoutMs: context.timeoutMs,
    purpose: `revoke ${call.providerName} token`,
  })
  if (answer.kind === 'no_answer' || answer.status < 200 || answer.status >= 300) {
    const { words } = answerWords(answer, [token, call.accessToken, client.clientSecret])
    return {
      kind: 'not_confirmed',
      detail: `${call.providerName} did not revoke it: ${sentence(words)} ${call.removeThere}`,
    }
  }
  if (before.kind !== 'alive') {
    const detail = `${call.providerName} took the request, which proves nothing for a token that was not working any more. ${call.removeThere}`
    return { kind: 'not_confirmed', detail }
  }
  const after = await call.probe()
  if (after.kind === 'dead')
    return { kind: 'confirmed', detail: `${call.providerName} took the request and refuses the token since.` }
  const why =
    after.kind === 'alive' ? 'but the access token still works' : 'but whether it took could not be seen'
  return {
    kind: 'not_confirmed',
    detail: `${call.providerName} took the request, ${why}. ${call.removeThere}`,
  }
}
