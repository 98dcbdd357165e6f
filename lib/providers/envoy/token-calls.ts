import { z } from 'zod'
import { Secret } from '../../core/secret'
import type { FailureRules } from '../../oauth/token-failure'
import { codeParameters, credentials, refreshParameters } from '../../oauth/token-request'
import { clientCredentials, incomplete } from '../app-credentials'
import type { AccountIdentity, CallContext, OpenApp, TokenOutcome } from '../contract'
import { callTokenEndpoint } from '../token-call'
import { tokenEndpoint } from './endpoints'
import { wireId } from './wire-id'

/**
 * Envoy answers a bad code or install with 404 `subject not found` (providers.md 2.5); other errors of its token endpoint are
 * not known. A 404 without those words may be a wrong address and ends nothing.
 */
const rules: FailureRules = {
  terminalErrors: ['subject_not_found'],
  terminalStatuses: [400, 403, 410, 422],
  throttledMs: 60_000,
  spendsGrant: true,
}

/** `company_id` rides in every token answer (seed 003). `state` does too; its meaning is not known. */
const companySchema = z.object({ company_id: wireId })

/** Exchanges a code, multipart as all of Envoy's token calls (seed 003). */
export async function exchangeEnvoyCode(
  context: CallContext,
  app: OpenApp,
  request: { code: Secret; redirectUri: string; codeVerifier: Secret },
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'multipart',
    parameters: codeParameters(client, request),
    rules,
    purpose: 'exchange Envoy code',
    account: readCompany,
  })
}

/** Refreshes a pair (seed 003, step 4). */
export async function refreshEnvoy(
  context: CallContext,
  app: OpenApp,
  refreshToken: Secret,
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'multipart',
    parameters: refreshParameters(client, refreshToken),
    rules,
    purpose: 'refresh Envoy token',
    account: readCompany,
  })
}

/** Exchanges an install id for a pair (seed 003, step 3). It can be made again, so a lost answer costs nothing. */
export async function exchangeEnvoyInstall(
  context: CallContext,
  app: OpenApp,
  installId: string | null,
): Promise<TokenOutcome> {
  const client = clientCredentials(app)
  if (client === null) return incomplete('client id and secret')
  if (!installId) return { ...incomplete('install to exchange'), code: 'install_unknown' }
  return callTokenEndpoint(context, app, {
    url: tokenEndpoint(app),
    encoding: 'multipart',
    parameters: { ...credentials(client), install_id: installId, grant_type: 'plugin_install' },
    rules: { ...rules, spendsGrant: false },
    purpose: 'exchange Envoy install',
    account: readCompany,
  })
}

/** A refresh that cannot succeed: what is refused, client or token, tells the credentials apart. */
export function tryCredentials(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  return refreshEnvoy(context, app, Secret.of('patchbay-checks-the-credentials'))
}

function readCompany(json: unknown): Partial<AccountIdentity> {
  const parsed = companySchema.safeParse(json)
  if (!parsed.success) return {}
  const id = parsed.data.company_id
  return { externalAccountId: id, externalOrgId: id }
}
