import { readCredentialsCheck } from '../app-check'
import { incomplete } from '../app-credentials'
import { authorizeAt } from '../authorize'
import type { Provider, TokenPolicy } from '../contract'
import { readRetryAfterOnly } from '../retry-after-only'
import { authorizeEndpoint } from './endpoints'
import { identifyEnvoy, probeEnvoy } from './identify'
import { envoyManifest } from './manifest'
import { envoyProxyRules } from './proxy-rules'
import { envoyScopes, refreshScope } from './scopes'
import { envoyTokens, exchangeEnvoyInstall, tryCredentials } from './token-calls'
import { verifyEnvoyWebhook } from './verify-webhook'

const hourMs = 60 * 60 * 1000

/** Access 24 h, refresh token 30 days (seed 003). Renewed before each access token ends. */
const policy: TokenPolicy = {
  accessTtlMs: 24 * hourMs,
  refreshTtlMs: 30 * 24 * hourMs,
  marginMs: hourMs,
  mintIntervalMs: null,
  keepAliveMs: null,
}

/** Envoy: plugin installs (seed 003) and OAuth for unlisted apps (providers.md 2.2). */
export const envoy: Provider = {
  id: 'envoy',
  grants: ['plugin_install', 'oauth_code'],
  manifest: envoyManifest,
  policy: () => policy,
  scopes: (_app, grant) => envoyScopes(grant),
  covers: (granted, requested) => granted === requested,
  authorizeUrl: (app, request) =>
    authorizeAt(authorizeEndpoint(app), app, {
      ...request,
      scopes: [...new Set([...request.scopes, refreshScope])],
    }),
  exchangeCode: envoyTokens.exchangeCode,
  refresh: envoyTokens.refresh,
  mint: (context, app, { grant, externalInstallId }) =>
    grant === 'plugin_install'
      ? exchangeEnvoyInstall(context, app, externalInstallId)
      : Promise.resolve({ ...incomplete('way to mint this grant'), code: 'grant_not_supported' }),
  identify: identifyEnvoy,
  probe: (context, app, { accessToken }) => probeEnvoy(context, app, accessToken),
  revoke: (_context, _app, { grant }) =>
    Promise.resolve({ kind: 'no_revoke', detail: envoyManifest.removeThere(grant) }),
  checkApp: async (context, app) =>
    readCredentialsCheck(await tryCredentials(context, app), 'Client id and secret'),
  proxyRules: envoyProxyRules,
  readRateHeaders: readRetryAfterOnly,
  webhookSecret: (app) => app.clientSecret,
  verifyWebhook: verifyEnvoyWebhook,
}
