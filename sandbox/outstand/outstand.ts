import { Hono } from 'hono'
import { createDoorkeeper } from '../doorkeeper/doorkeeper'
import type { SandboxContext, SandboxEnv, SandboxProvider } from '../kernel/contract'
import { faultActions } from '../kernel/fault-actions'
import { randomToken } from '../kernel/tokens'
import { outstandActions } from './actions'
import { notFound } from './answers'
import { limiter } from './api-guard'
import { applicationApi } from './application-api'
import { doorkeeperClient, outstandApps } from './apps'
import { frontPage } from './front-page'
import type { Outstand } from './outstand-parts'
import { isStopped, people, presentUsers } from './people'
import { singleSignOn } from './sso'
import { initialState, outstandStateSchema } from './state'
import { userApi } from './user-api'
import { createWebhookSender } from './webhooks'

/** An Outstand as seed 004 and outstand/api-docs describe it, on a Doorkeeper as measured. */
export function createOutstand(context: SandboxContext): SandboxProvider {
  const parts = createParts(context)
  const { doorkeeper, store, apps, sender } = parts
  return {
    name: 'outstand',
    app: createApp(parts),
    actions: {
      ...doorkeeper.actions,
      ...outstandActions(parts),
      ...faultActions(context.faults, {
        token: ['/oauth/token'],
        api: ['/api/', '/oauth/token/info', '/sso'],
      }),
    },
    apps: () => [...apps],
    overview: () => ({
      ...doorkeeper.overview(),
      ...store.state.settings,
      users: presentUsers(store.state).map(({ username, email, status }) => ({ username, email, status })),
      faults: context.faults.list(),
      webhooks: sender.deliveries().slice(0, 20),
    }),
    async reset() {
      sender.clear()
      await context.reset()
    },
    flush: () => context.flush(),
  }
}

function createParts(context: SandboxContext): Outstand {
  const store = context.openStore('state', {
    version: 1,
    initial: () => initialState(randomToken),
    schema: outstandStateSchema,
  })
  const apps = outstandApps(context)
  const doorkeeper = createDoorkeeper({
    context,
    label: 'Outstand',
    findClient: (clientId) => {
      const app = apps.find((one) => one.clientId === clientId)
      return app === undefined ? undefined : doorkeeperClient(app, store.state.settings.defaultScopes)
    },
    people: () => people(store.state),
    suspended: (ownerId) => isStopped(store.state, ownerId),
    accessTtlS: 7_200,
    codeTtlS: 600,
    refreshTtlS: null,
    scopeCompulsory: false,
    refreshTokensMax: null,
    describeScope: (scope) => SCOPE_WORDS[scope] ?? '',
  })
  return { context, store, doorkeeper, apps, sender: createWebhookSender(context, store) }
}

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  identity: 'know who you are',
  read: 'see your contacts and messages',
  write: 'change your contacts',
}

function createApp(parts: Outstand): Hono<SandboxEnv> {
  const { context, doorkeeper, store } = parts
  const app = new Hono<SandboxEnv>()
  app.use(context.calls.middleware)
  app.use(context.faults.middleware)
  const limit = limiter(parts)
  app.use('/api/*', limit)
  app.use('/oauth/token', (c, next) => (store.state.settings.countsTokenCalls ? limit(c, next) : next()))
  doorkeeper.mount(app)
  app.on(['GET', 'POST'], '/sso', (c) => singleSignOn(parts, c))
  app.get('/', (c) => frontPage(parts, c))
  app.route('/api/v1', applicationApi(parts))
  app.route('/api/v1', userApi(parts))
  app.notFound(() => notFound())
  return app
}
