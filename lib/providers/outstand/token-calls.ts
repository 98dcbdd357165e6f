import type { Secret } from '../../core/secret'
import type { FailureRules } from '../../oauth/token-failure'
import { clientCredentialsParameters, codeParameters, refreshParameters } from '../../oauth/token-request'
import { madeUpCode } from '../app-check'
import { clientCredentials, incomplete } from '../app-credentials'
import type { CallContext, OpenApp, TokenOutcome } from '../contract'
import { callTokenEndpoint } from '../token-call'
import { tokenEndpoint } from './endpoints'
import { applicationScope } from './scopes'

/** Doorkeeper's errors are named in the body (providers.md 4.3); a status alone ends nothing. */
const rules: FailureRules = {
  terminalErrors: [],
  terminalStatuses: [],
  throttledMs: 60_000,
  spendsGrant: true,
}

/** Exchanges a code with the JSON body of seed 004. */
export async function exchangeOutstandCode(
  context: CallContext,
  app: OpenApp,
  request: { code: Secret; redirectUri: string; codeVerifier: Secret },
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'json',
    parameters: codeParameters(client, request),
    rules,
    purpose: 'exchange Outstand code',
  })
}

/** Refreshes a pair with the JSON body of seed 004. */
export async function refreshOutstand(
  context: CallContext,
  app: OpenApp,
  refreshToken: Secret,
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'json',
    parameters: refreshParameters(client, refreshToken),
    rules,
    purpose: 'refresh Outstand token',
  })
}

/** A token of the application itself, for white-label customers (providers.md 3.1). It can be asked for again at any time. */
export async function mintOutstandApplication(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'json',
    parameters: clientCredentialsParameters(client, applicationScope),
    rules: { ...rules, spendsGrant: false },
    purpose: 'mint Outstand application token',
  })
}

/**
 * An exchange that cannot succeed: what is refused, client or code, tells the credentials apart. A made-up refresh token would
 * not do: a server of this kind looks at that before it looks at the client.
 */
export function tryCredentials(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  return exchangeOutstandCode(context, app, madeUpCode)
}
