import { clientCredentialsParameters } from '../../oauth/token-request'
import { madeUpCode } from '../app-check'
import type { CallContext, OpenApp, TokenOutcome } from '../contract'
import { createTokenCalls } from '../token-calls'
import { tokenEndpoint } from './endpoints'
import { applicationScope } from './scopes'

/** JSON bodies (seed 004). Doorkeeper's errors are named in the body (providers.md 4.3); a status alone ends nothing. */
export const outstandTokens = createTokenCalls({
  providerName: 'Outstand',
  url: tokenEndpoint,
  encoding: 'json',
  rules: { terminalErrors: [], terminalStatuses: [], throttledMs: 60_000, spendsGrant: true },
})

/** A token of the application itself, for white-label customers (providers.md 3.1). */
export function mintOutstandApplication(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  return outstandTokens.mint(context, app, {
    parameters: (client) => clientCredentialsParameters(client, applicationScope),
    purpose: 'mint Outstand application token',
  })
}

/**
 * An exchange that cannot succeed: what is refused, client or code, tells the credentials apart. A made-up refresh token would
 * not do: a server of this kind looks at that before it looks at the client.
 */
export function tryCredentials(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  return outstandTokens.exchangeCode(context, app, madeUpCode)
}
