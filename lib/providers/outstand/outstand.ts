import { readCredentialsCheck } from '../app-check'
import { incomplete } from '../app-credentials'
import { authorizeAt } from '../authorize'
import type { Provider, TokenPolicy } from '../contract'
import { readRetryAfterOnly } from '../retry-after-only'
import { revokeToken } from '../revoke-token'
import { authorizeEndpoint, revokeEndpoint } from './endpoints'
import { identifyOutstand, probeOutstand } from './identify'
import { outstandManifest } from './manifest'
import { outstandProxyRules } from './proxy-rules'
import { outstandScopes } from './scopes'
import { mintOutstandApplication, outstandTokens, tryCredentials } from './token-calls'
import { verifyOutstandWebhook } from './verify-webhook'

const minuteMs = 60_000

/** Access 2 h; no end of a refresh token is documented (seed 004). Renewed before each access token ends. */
const policy: TokenPolicy = {
  accessTtlMs: 120 * minuteMs,
  refreshTtlMs: null,
  marginMs: 10 * minuteMs,
  mintIntervalMs: null,
  keepAliveMs: null,
}

/** Outstand: OAuth for users, client credentials for a white label's application (seed 004, providers.md 3). */
export const outstand: Provider = {
  id: 'outstand',
  grants: ['oauth_code', 'client_credentials'],
  manifest: outstandManifest,
  policy: () => policy,
  scopes: (_app, grant) => outstandScopes(grant),
  covers: (granted, requested) => granted === requested,
  authorizeUrl: (app, request) => authorizeAt(authorizeEndpoint(app), app, request),
  exchangeCode: outstandTokens.exchangeCode,
  refresh: outstandTokens.refresh,
  mint: (context, app, { grant }) =>
    grant === 'client_credentials'
      ? mintOutstandApplication(context, app)
      : Promise.resolve({ ...incomplete('way to mint this grant'), code: 'grant_not_supported' }),
  identify: identifyOutstand,
  probe: (context, app, { accessToken }) => probeOutstand(context, app, accessToken),
  revoke: (context, app, { grant, accessToken, refreshToken }) =>
    revokeToken(context, app, {
      url: revokeEndpoint(app),
      accessToken,
      refreshToken,
      providerName: 'Outstand',
      removeThere: outstandManifest.removeThere(grant),
      probe: () => probeOutstand(context, app, accessToken),
    }),
  checkApp: async (context, app) =>
    readCredentialsCheck(await tryCredentials(context, app), 'Client id and secret'),
  proxyRules: outstandProxyRules,
  readRateHeaders: readRetryAfterOnly,
  webhookSecret: (app) => app.webhookSecret,
  verifyWebhook: verifyOutstandWebhook,
}
