import type { Secret } from '../../core/secret'
import type { FailureRules } from '../../oauth/token-failure'
import { codeParameters, refreshParameters } from '../../oauth/token-request'
import { madeUpCode } from '../app-check'
import { clientCredentials, incomplete } from '../app-credentials'
import type { CallContext, OpenApp, TokenOutcome } from '../contract'
import { callTokenEndpoint } from '../token-call'
import { tokenEndpoint } from './endpoints'

/** Outreach's 400 means a bad, expired or revoked code or refresh token (providers.md 1.1, 9); one mint a minute (1.1, 7). */
const rules: FailureRules = {
  terminalErrors: [],
  terminalStatuses: [400],
  throttledMs: 60_000,
  spendsGrant: true,
}

/** Exchanges a code, form-encoded, with the values that began the flow (seed 001). */
export async function exchangeOutreachCode(
  context: CallContext,
  app: OpenApp,
  request: { code: Secret; redirectUri: string; codeVerifier: Secret },
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'form',
    parameters: codeParameters(client, request),
    rules,
    purpose: 'exchange Outreach code',
  })
}

/** Refreshes a pair (seed 001). */
export async function refreshOutreach(
  context: CallContext,
  app: OpenApp,
  refreshToken: Secret,
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'form',
    parameters: refreshParameters(client, refreshToken),
    rules,
    purpose: 'refresh Outreach token',
  })
}

/**
 * An exchange that cannot succeed: what is refused, client or code, tells the credentials apart. A made-up refresh token would
 * not do: a server of this kind looks at that before it looks at the client.
 */
export function tryCredentials(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  return exchangeOutreachCode(context, app, madeUpCode)
}
