import type { Context, Hono } from 'hono'
import { type Fields, readBody, single } from '../kernel/body'
import type { CallContext, SandboxAction, SandboxEnv } from '../kernel/contract'
import { doorkeeperActions } from './actions'
import { authorize, decideAuthorization, redirect } from './authorize'
import { type Bearer, findBearer, peekBearer } from './bearer'
import { type Engine, mint } from './engine'
import { cutScopes, expireTokens, revokeGrants, type TokenFilter } from './manage'
import { doorkeeperStateSchema, initialState, STATE_VERSION, type TokenRow } from './model'
import type { DoorkeeperOptions, MintRequest, Person } from './options'
import { signInPage } from './pages'
import { revokeEndpoint } from './revoke'
import { endSession, safeReturn, signedIn, startSession } from './sessions'
import { tokenEndpoint, writeAnswer } from './token-endpoint'
import { tokenInfo } from './token-info'
import { grantIsLive } from './token-life'
import { createTokenTable } from './token-table'

/** An authorization server that behaves as a measured Doorkeeper 5.5 (providers.md sections 4 and 8). */
export type Doorkeeper = {
  /** Adds /oauth/authorize, /oauth/token, /oauth/token/info, /oauth/revoke and the sign-in pages under /session. */
  mount(app: Hono<SandboxEnv>): void
  /** Finds the bearer of an API call; counts as the token's first use. */
  authenticate(c: CallContext, fields?: Fields): Promise<Bearer>
  /** The row of the token that a call shows, dead or alive, without using it. */
  peek(c: CallContext): TokenRow | undefined
  /** Who is signed in on the provider's pages. */
  person(c: Context<SandboxEnv>): Person | null
  /** Starts a session for somebody; gives the Set-Cookie value that carries it. */
  signIn(person: Person): Promise<string>
  /** Issues a pair without a browser and writes it as the token endpoint would. The caller commits by `commit`. */
  issue(request: MintRequest, scopes: readonly string[]): TokenRow
  describe(row: TokenRow, request: MintRequest): Record<string, unknown>
  tokens(): readonly TokenRow[]
  isLive(row: TokenRow): boolean
  revoke(filter: TokenFilter): Promise<number>
  expire(filter: TokenFilter, what: 'access' | 'refresh' | 'both'): Promise<number>
  cutScopes(filter: TokenFilter, scopes: readonly string[]): Promise<number>
  commit(): Promise<void>
  readonly actions: Record<string, SandboxAction>
  overview(): Record<string, unknown>
}

/** Makes one, with its state in the store `oauth` of the context. */
export function createDoorkeeper(options: DoorkeeperOptions): Doorkeeper {
  const store = options.context.openStore('oauth', {
    version: STATE_VERSION,
    initial: initialState,
    schema: doorkeeperStateSchema,
  })
  const engine: Engine = { options, store, tokens: createTokenTable(store) }
  return {
    mount: (app) => mount(engine, app),
    authenticate: (c, fields) => findBearer(engine, c, fields),
    peek: (c) => peekBearer(engine, c),
    signIn: (person) => startSession(engine, person),
    person: (c) => signedIn(engine, c)?.person ?? null,
    issue: (request, scopes) => mint(engine, request, scopes),
    describe: (row, request) => writeAnswer(engine, row, request),
    tokens: () => engine.tokens.all(),
    isLive: (row) => grantIsLive(row, options.context.clock.nowMs()),
    revoke: (filter) => revokeGrants(engine, filter),
    expire: (filter, what) => expireTokens(engine, filter, what),
    cutScopes: (filter, scopes) => cutScopes(engine, filter, scopes),
    commit: () => store.commit(),
    actions: doorkeeperActions(engine),
    overview: () => ({
      ...store.state.settings,
      livePairs: engine.tokens.all().filter((row) => grantIsLive(row, options.context.clock.nowMs())).length,
      sessions: store.state.sessions.length,
    }),
  }
}

function mount(engine: Engine, app: Hono<SandboxEnv>): void {
  const { options } = engine
  app.get('/oauth/authorize', (c) => authorize(engine, c))
  app.post('/oauth/authorize', (c) => decideAuthorization(engine, c))
  app.post('/oauth/token', (c) => tokenEndpoint(engine, c))
  app.get('/oauth/token/info', (c) => tokenInfo(engine, c))
  app.post('/oauth/revoke', (c) => revokeEndpoint(engine, c))
  app.get('/session/new', (c) => signInPage(options, safeReturn(c.req.query('return_to'))))
  app.post('/session', async (c) => {
    const { fields } = await readBody(c)
    const returnTo = safeReturn(single(fields, 'return_to'))
    const person = options.people().find(({ id }) => id === single(fields, 'person'))
    if (person === undefined) return signInPage(options, returnTo)
    return redirect(returnTo, { 'set-cookie': await startSession(engine, person) })
  })
  app.post('/session/end', async (c) => {
    const { fields } = await readBody(c)
    const returnTo = safeReturn(single(fields, 'return_to'))
    const cookie = await endSession(engine, c)
    return redirect(`/session/new?${new URLSearchParams({ return_to: returnTo })}`, { 'set-cookie': cookie })
  })
}
