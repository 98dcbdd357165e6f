import type { EnvironmentApp, Settings } from './config'
import type { Environment } from './environment-schema'

type Urls = Settings['providerUrls']

const blank = {
  browserUrl: null,
  s2sGuid: null,
  s2sPrivateKey: null,
  installUrl: null,
  webhookSecret: null,
  rateLimitBypass: null,
  agreedLimit: null,
}

/** The provider apps that the environment describes; whole ones only, `pairFaults` has refused the halves. */
export function environmentApps(env: Environment, urls: Urls): EnvironmentApp[] {
  return [...outreachApps(env, urls), ...envoyApps(env, urls), ...outstandApps(env, urls)]
}

function outreachApps(env: Environment, urls: Urls): EnvironmentApp[] {
  const apps: EnvironmentApp[] = []
  const shared = {
    ...blank,
    provider: 'outreach' as const,
    baseUrl: urls.outreach,
    scopes: env.OUTREACH_SCOPES,
  }
  const clientId = env.OUTREACH_CLIENT_ID ?? null
  const s2sGuid = env.OUTREACH_S2S_GUID ?? null
  if (clientId !== null || s2sGuid !== null)
    apps.push({
      ...shared,
      slug: 'outreach',
      name: env.OUTREACH_ENVIRONMENT === 'production' ? 'Outreach' : 'Outreach (development)',
      environment: env.OUTREACH_ENVIRONMENT,
      grants: [
        ...(clientId === null ? [] : ['oauth_code' as const]),
        ...(s2sGuid === null ? [] : ['s2s' as const]),
      ],
      clientId,
      clientSecret: env.OUTREACH_CLIENT_SECRET ?? null,
      s2sGuid,
      s2sPrivateKey: env.OUTREACH_S2S_PRIVATE_KEY ?? null,
      webhookSecret: env.OUTREACH_WEBHOOK_SECRET ?? null,
    })
  if (env.OUTREACH_DEV_CLIENT_ID !== undefined)
    apps.push({
      ...shared,
      slug: 'outreach-dev',
      name: 'Outreach development credentials',
      environment: 'development',
      grants: ['oauth_code'],
      clientId: env.OUTREACH_DEV_CLIENT_ID,
      clientSecret: env.OUTREACH_DEV_CLIENT_SECRET ?? null,
    })
  return apps
}

// An install URL makes it a plugin (seed 003); without one it is an unlisted app with the OAuth code flow.
function envoyApps(env: Environment, urls: Urls): EnvironmentApp[] {
  if (env.ENVOY_CLIENT_ID === undefined) return []
  return [
    {
      ...blank,
      slug: 'envoy',
      provider: 'envoy',
      environment: 'production',
      name: 'Envoy',
      grants: [env.ENVOY_INSTALL_URL === undefined ? 'oauth_code' : 'plugin_install'],
      baseUrl: urls.envoyApi,
      browserUrl: urls.envoyApp,
      clientId: env.ENVOY_CLIENT_ID,
      clientSecret: env.ENVOY_CLIENT_SECRET ?? null,
      scopes: env.ENVOY_SCOPES,
      installUrl: env.ENVOY_INSTALL_URL ?? null,
    },
  ]
}

// `provision_users` belongs to a white label's application token, never to a person's (seed 004).
const applicationScope = 'provision_users'

function outstandApps(env: Environment, urls: Urls): EnvironmentApp[] {
  if (env.OUTSTAND_CLIENT_ID === undefined) return []
  const application = env.OUTSTAND_SCOPES.includes(applicationScope)
  return [
    {
      ...blank,
      slug: 'outstand',
      provider: 'outstand',
      environment: 'production',
      name: 'Outstand',
      grants: application ? ['oauth_code', 'client_credentials'] : ['oauth_code'],
      baseUrl: urls.outstand,
      clientId: env.OUTSTAND_CLIENT_ID,
      clientSecret: env.OUTSTAND_CLIENT_SECRET ?? null,
      scopes: env.OUTSTAND_SCOPES.filter((scope) => scope !== applicationScope),
      webhookSecret: env.OUTSTAND_WEBHOOK_SECRET ?? null,
      rateLimitBypass: env.OUTSTAND_RATELIMIT_BYPASS ?? null,
      agreedLimit: env.OUTSTAND_RATELIMIT ?? null,
    },
  ]
}
