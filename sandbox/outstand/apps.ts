import type { DoorkeeperClient } from '../doorkeeper/options'
import type { SandboxApp, SandboxContext } from '../kernel/contract'
import { randomSecret, randomToken } from '../kernel/tokens'
import { APPLICATION_SCOPE, USER_SCOPES } from './state'

export const PLAIN_APP = 'sandbox-outstand'
export const WHITE_LABEL_APP = 'sandbox-outstand-whitelabel'
export const WHITE_LABEL_NAME = 'Crestline'

/** What the support of a white label agrees with an integrator. */
export const AGREED_LIMIT = { limit: 1_200, windowS: 300 } as const

/** The two apps that are ready at start. Their ids are their keys. */
export function outstandApps(context: SandboxContext): SandboxApp[] {
  const common = {
    provider: 'outstand',
    environment: 'sandbox',
    baseUrl: context.baseUrl,
    browserUrl: context.browserUrl,
    s2sGuid: null,
    s2sPrivateKeyPem: null,
    installUrl: null,
    pluginId: null,
    redirectUris: [context.callbackUrl],
    landingUrl: null,
    webhookUrl: context.webhookUrl,
  } as const
  return [
    {
      ...common,
      key: PLAIN_APP,
      name: 'Patchbay',
      grants: ['oauth_code'],
      scopes: [...USER_SCOPES],
      clientId: PLAIN_APP,
      clientSecret: context.secret(`${PLAIN_APP}.client_secret`, randomSecret),
      webhookSecret: context.secret(`${PLAIN_APP}.webhook_secret`, randomSecret),
      rateLimitBypass: null,
      agreedLimit: null,
    },
    {
      ...common,
      key: WHITE_LABEL_APP,
      name: `Patchbay (${WHITE_LABEL_NAME} white label)`,
      grants: ['oauth_code', 'client_credentials'],
      scopes: [...USER_SCOPES, APPLICATION_SCOPE],
      clientId: WHITE_LABEL_APP,
      clientSecret: context.secret(`${WHITE_LABEL_APP}.client_secret`, randomSecret),
      webhookSecret: context.secret(`${WHITE_LABEL_APP}.webhook_secret`, randomSecret),
      rateLimitBypass: context.secret(`${WHITE_LABEL_APP}.bypass`, randomToken),
      agreedLimit: AGREED_LIMIT,
    },
  ]
}

/** The same app as the authorization server knows it. */
export function doorkeeperClient(app: SandboxApp, defaultScopes: readonly string[]): DoorkeeperClient {
  const canProvision = app.grants.includes('client_credentials')
  return {
    clientId: app.clientId ?? app.key,
    secret: app.clientSecret ?? '',
    name: app.name,
    redirectUris: app.redirectUris,
    grants: canProvision ? ['authorization_code', 'client_credentials'] : ['authorization_code'],
    scopes: USER_SCOPES,
    defaultScopes,
    applicationScopes: canProvision ? [APPLICATION_SCOPE] : [],
  }
}

/** The part of the path that names the white label when users are made for it. */
export function whiteLabelToken(context: SandboxContext): string {
  return context.secret('white_label_token', randomToken)
}
