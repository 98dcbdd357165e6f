import { madeUpCode } from '../app-check'
import type { CallContext, OpenApp, TokenOutcome } from '../contract'
import { createTokenCalls } from '../token-calls'
import { tokenEndpoint } from './endpoints'

/**
 * Form-encoded (seed 001). Outreach's 400 means a bad, expired or revoked code or refresh token (providers.md 1.1, 9); one mint a
 * minute (1.1, 7).
 */
export const outreachTokens = createTokenCalls({
  providerName: 'Outreach',
  url: tokenEndpoint,
  encoding: 'form',
  rules: { terminalErrors: [], terminalStatuses: [400], throttledMs: 60_000, spendsGrant: true },
})

/**
 * An exchange that cannot succeed: what is refused, client or code, tells the credentials apart. A made-up refresh token would
 * not do: a server of this kind looks at that before it looks at the client.
 */
export function tryCredentials(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  return outreachTokens.exchangeCode(context, app, madeUpCode)
}
