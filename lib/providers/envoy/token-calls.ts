import { z } from 'zod'
import { Secret } from '../../core/secret'
import { credentials } from '../../oauth/token-request'
import { clientCredentials, incomplete } from '../app-credentials'
import type { AccountIdentity, CallContext, OpenApp, TokenOutcome } from '../contract'
import { createTokenCalls } from '../token-calls'
import { tokenEndpoint } from './endpoints'
import { wireId } from './wire-id'

/** `company_id` rides in every token answer (seed 003). `state` does too; its meaning is not known. */
const companySchema = z.object({ company_id: wireId })

/**
 * Multipart bodies (seed 003). Envoy answers a bad code or install with 404 `subject not found` (providers.md 2.5); other errors of
 * its token endpoint are not known. A 404 without those words may be a wrong address and ends nothing.
 */
export const envoyTokens = createTokenCalls({
  providerName: 'Envoy',
  url: tokenEndpoint,
  encoding: 'multipart',
  rules: {
    terminalErrors: ['subject_not_found'],
    terminalStatuses: [400, 403, 410, 422],
    throttledMs: 60_000,
    spendsGrant: true,
  },
  account: readCompany,
})

/** Exchanges an install id for a pair (seed 003, step 3). */
export async function exchangeEnvoyInstall(
  context: CallContext,
  app: OpenApp,
  installId: string | null,
): Promise<TokenOutcome> {
  // Credentials that are missing are told first.
  if (!installId && clientCredentials(app) !== null)
    return { ...incomplete('install to exchange'), code: 'install_unknown' }
  return envoyTokens.mint(context, app, {
    parameters: (client) => ({
      ...credentials(client),
      install_id: installId,
      grant_type: 'plugin_install',
    }),
    purpose: 'exchange Envoy install',
  })
}

/** A refresh that cannot succeed: what is refused, client or token, tells the credentials apart. */
export function tryCredentials(context: CallContext, app: OpenApp): Promise<TokenOutcome> {
  return envoyTokens.refresh(context, app, { refreshToken: Secret.of('patchbay-checks-the-credentials') })
}

function readCompany(json: unknown): Partial<AccountIdentity> {
  const parsed = companySchema.safeParse(json)
  if (!parsed.success) return {}
  const id = parsed.data.company_id
  return { externalAccountId: id, externalOrgId: id }
}
