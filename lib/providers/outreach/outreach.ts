import { outreachCovers } from '../../core/scopes'
import { incomplete } from '../app-credentials'
import { authorizeAt } from '../authorize'
import type { Provider, TokenPolicy } from '../contract'
import { revokeToken } from '../revoke-token'
import { checkOutreachApp } from './check-app'
import { authorizeEndpoint, revokeEndpoint } from './endpoints'
import { identifyOrg, identifyUser } from './identify'
import { outreachManifest } from './manifest'
import { mintS2s, s2sTtlMs } from './mint-s2s'
import { probeOutreach } from './probe'
import { outreachProxyRules } from './proxy-rules'
import { readOutreachRate } from './rate-headers'
import { outreachScopeUse } from './scope-use'
import { outreachScopes } from './scopes'
import { outreachTokens } from './token-calls'
import { verifyOutreachWebhook } from './verify-webhook'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Access 2 h, refresh token 14 days, one mint a minute and at most 100 live refresh tokens (providers.md 1.1). */
const userPolicy: TokenPolicy = {
  accessTtlMs: 120 * minuteMs,
  refreshTtlMs: 14 * dayMs,
  marginMs: 15 * minuteMs,
  mintIntervalMs: minuteMs,
  keepAliveMs: dayMs,
}

const s2sPolicy: TokenPolicy = {
  accessTtlMs: s2sTtlMs,
  refreshTtlMs: null,
  marginMs: 10 * minuteMs,
  mintIntervalMs: null,
  keepAliveMs: null,
}

/** Outreach: OAuth for users (seeds 001 and 002) and S2S installs (seed 000). */
export const outreach: Provider = {
  id: 'outreach',
  grants: ['oauth_code', 's2s'],
  manifest: outreachManifest,
  policy: (grant) => (grant === 's2s' ? s2sPolicy : userPolicy),
  scopes: (_app, grant) => outreachScopes(grant),
  covers: outreachCovers,
  scopeUse: outreachScopeUse,
  authorizeUrl: (app, request) => authorizeAt(authorizeEndpoint(app), app, request),
  exchangeCode: outreachTokens.exchangeCode,
  refresh: outreachTokens.refresh,
  mint: (context, app, { grant, externalInstallId }) =>
    grant === 's2s'
      ? mintS2s(context, app, externalInstallId)
      : Promise.resolve({ ...incomplete('way to mint this grant'), code: 'grant_not_supported' }),
  identify: (context, app, request) =>
    request.grant === 's2s' ? identifyOrg(context, app, request) : identifyUser(context, app, request),
  probe: probeOutreach,
  async revoke(context, app, { grant, accessToken, refreshToken }) {
    const removeThere = outreachManifest.removeThere(grant)
    if (grant === 's2s') return { kind: 'no_revoke', detail: `An install has no revoke. ${removeThere}` }
    return revokeToken(context, app, {
      url: revokeEndpoint(app),
      accessToken,
      refreshToken,
      providerName: 'Outreach',
      removeThere,
      probe: () => probeOutreach(context, app, { grant, accessToken, apiUrl: null }),
    })
  },
  checkApp: checkOutreachApp,
  proxyRules: outreachProxyRules,
  readRateHeaders: readOutreachRate,
  webhookSecret: (app) => app.webhookSecret,
  verifyWebhook: verifyOutreachWebhook,
}
