import { Hono } from 'hono'
import { html } from 'hono/html'
import type { SandboxApp, SandboxContext, SandboxEnv, SandboxProvider } from '../kernel/contract'
import { faultActions } from '../kernel/fault-actions'
import { pageResponse } from '../kernel/page'
import { randomSecret } from '../kernel/tokens'
import { API_PATHS, addApiRoutes } from './api-routes'
import { OAUTH_SCOPES, readyMadeApps } from './apps'
import { addAuthorizeRoutes } from './authorize-routes'
import { installActions } from './install-actions'
import { addInstallRoutes } from './install-routes'
import { messagePage } from './pages/message-page'
import type { EnvoyParts } from './parts'
import { signedIn } from './session'
import { settingActions } from './setting-actions'
import { addSignInRoutes } from './sign-in-routes'
import { initialState } from './state'
import { tokenActions } from './token-actions'
import { addTokenRoutes, TOKEN_PATHS } from './token-routes'
import { tooManyAction } from './too-many-action'

const STATE_VERSION = 1
const FAULT_TARGETS = { token: TOKEN_PATHS, api: API_PATHS } as const

function describeApps({ context, store, plugin, oauth }: EnvoyParts): SandboxApp[] {
  const { baseUrl, browserUrl } = context
  const common = {
    provider: 'envoy',
    environment: 'sandbox',
    baseUrl,
    browserUrl,
    s2sGuid: null,
    s2sPrivateKeyPem: null,
    webhookSecret: null,
    rateLimitBypass: null,
    agreedLimit: null,
    landingUrl: null,
  } as const
  return [
    {
      ...common,
      key: 'sandbox-envoy-plugin',
      name: 'Patchbay (plugin)',
      grants: ['plugin_install'],
      scopes: [...store.state.settings.pluginScopes],
      clientId: plugin.clientId,
      clientSecret: plugin.clientSecret,
      installUrl: `${browserUrl}/app-store/${plugin.clientId}`,
      pluginId: plugin.pluginId,
      redirectUris: [],
      webhookUrl: plugin.webhookUrl,
    },
    {
      ...common,
      key: 'sandbox-envoy-oauth',
      name: 'Patchbay (OAuth)',
      grants: ['oauth_code'],
      scopes: [...OAUTH_SCOPES],
      clientId: oauth.clientId,
      clientSecret: oauth.clientSecret,
      installUrl: null,
      pluginId: null,
      redirectUris: oauth.redirectUris,
      webhookUrl: null,
    },
  ]
}

/**
 * Envoy as its documents and its SDK show it (seed 003; providers.md section 2): two apps, their tokens, installs with a
 * set-up step, signed webhooks and a little of the API, on one address.
 */
export function createEnvoy(context: SandboxContext): SandboxProvider {
  const store = context.openStore('state', { version: STATE_VERSION, initial: initialState })
  const secrets = {
    plugin: context.secret('plugin client secret', randomSecret),
    oauth: context.secret('oauth client secret', randomSecret),
  }
  const [plugin, oauth] = readyMadeApps(secrets, context)
  const parts: EnvoyParts = { context, store, plugin, oauth }

  const app = new Hono<SandboxEnv>()
  app.use(context.calls.middleware)
  app.use(context.faults.middleware)
  addTokenRoutes(app, parts)
  addApiRoutes(app, parts)
  addSignInRoutes(app, parts)
  addAuthorizeRoutes(app, parts)
  addInstallRoutes(app, parts)
  app.get('/', (c) => {
    const body = html`<ul><li><a href="/app-store/${plugin.clientId}">Install ${plugin.name}</a></li>
<li><a href="/sign-in">Sign in, or as somebody else</a></li></ul>`
    return pageResponse({ provider: 'Envoy', title: 'Envoy', body, user: signedIn(parts, c)?.name })
  })
  app.notFound((c) =>
    API_PATHS.some((path) => c.req.path.startsWith(path))
      ? c.json({ error: 'not found' }, 404)
      : messagePage({ title: 'Not found', words: 'There is no such page here.' }, 404),
  )

  return {
    name: 'envoy',
    app,
    actions: {
      ...faultActions(context.faults, FAULT_TARGETS),
      'answer-429': tooManyAction(context.faults, FAULT_TARGETS),
      ...tokenActions(parts),
      ...installActions(parts),
      ...settingActions(parts),
    },
    apps: () => describeApps(parts),
    overview: () => ({
      settings: store.state.settings,
      installs: store.state.installs,
      tokens: store.state.tokens.length,
      lastWebhooks: store.state.deliveries
        .slice(-10)
        .reverse()
        .map(({ name, installId, outcome }) => ({ name, installId, outcome })),
    }),
    reset: () => context.reset(),
    flush: () => context.flush(),
  }
}
