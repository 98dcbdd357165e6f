import { Hono } from 'hono'
import type { SandboxContext, SandboxEnv, SandboxProvider } from '../kernel/contract'
import { faultActions } from '../kernel/fault-actions'
import { randomToken } from '../kernel/tokens'
import { identify } from './api/identify'
import { routeNotFound } from './api/refusals'
import { apiRoutes } from './api/routes'
import { readyApps } from './apps'
import { oauthControls } from './controls/oauth-actions'
import { s2sControls } from './controls/s2s-actions'
import { settingControls } from './controls/setting-actions'
import { homePage } from './home-page'
import { createOutreachOAuth } from './oauth/outreach-oauth'
import { settleLapses } from './oauth/settle-lapses'
import { describeState } from './overview'
import { s2sActionRoutes } from './s2s/actions'
import { installRoutes } from './s2s/install-routes'
import { initialState, outreachStateSchema } from './state'
import { mcpServerMetadata } from './well-known'

const STATE_VERSION = 1

/** The sandbox's Outreach: OAuth, REST API, S2S installs and their webhooks (seeds 000 to 002, providers.md section 1). */
export function createOutreach(context: SandboxContext): SandboxProvider {
  const store = context.openStore('state', {
    version: STATE_VERSION,
    initial: initialState,
    schema: outreachStateSchema,
  })
  const apps = readyApps(context, (key) => store.state.appScopes[key])
  const signingKey = context.secret('jwt_key', randomToken)
  const oauth = createOutreachOAuth({ context, store, apps, signingKey })
  const s2s = { context, store, app: apps.s2s, signingKey }
  const lapses = { context, store, oauth }

  const app = new Hono<SandboxEnv>()
  app.use(context.calls.middleware)
  app.use(context.faults.middleware)
  app.use(async (_c, next) => {
    await settleLapses(lapses)
    await next()
  })
  // No document names either path (providers.md 1.1, facts 17 and 19).
  app.all('/oauth/token/info', () => routeNotFound())
  app.use('/oauth/revoke', async (_c, next) =>
    store.state.switches.revokeEndpoint ? await next() : routeNotFound(),
  )
  oauth.mount(app)
  app.route(
    '/',
    apiRoutes({
      context,
      store,
      identify: (token, c) => identify({ context, store, oauth, apps }, token, c),
    }),
  )
  app.route('/', s2sActionRoutes(s2s))
  app.route('/', installRoutes(s2s))
  app.get('/.well-known/oauth-authorization-server', () => mcpServerMetadata(context.baseUrl))
  app.get('/', () => homePage(apps.s2s, store.state))
  app.notFound(() => routeNotFound())

  return {
    name: 'outreach',
    app,
    actions: {
      ...faultActions(context.faults, { token: ['/oauth/token', '/api/app/'], api: ['/api/v2'] }),
      ...oauthControls(lapses),
      ...s2sControls(s2s),
      ...settingControls(context, store),
    },
    apps: () => apps.list(),
    overview: () => ({ ...oauth.overview(), ...describeState(store.state, context.clock.nowMs()) }),
    reset: () => context.reset(),
    flush: () => context.flush(),
  }
}
