import { Hono } from 'hono'
import type { SandboxContext, SandboxEnv } from '../kernel/contract'
import { testContext } from '../kernel/test-context'
import { resourceRefusal, scopeRefusal } from './answers'
import { createDoorkeeper, type Doorkeeper } from './doorkeeper'
import type { DoorkeeperClient, DoorkeeperOptions } from './options'

export const REDIRECT_URI = 'http://patchbay.test/api/callback/outstand'

export const TEST_CLIENT: DoorkeeperClient = {
  clientId: 'app-1',
  secret: 'odd+secret/with=all&of%them',
  name: 'Test app',
  redirectUris: [REDIRECT_URI],
  grants: ['authorization_code'],
  scopes: ['users.read', 'prospects.read', 'accounts.read'],
  defaultScopes: ['users.read'],
}
export const OTHER_CLIENT: DoorkeeperClient = {
  ...TEST_CLIENT,
  clientId: 'app-2',
  secret: 'another',
  grants: ['authorization_code', 'client_credentials'],
  applicationScopes: ['provision_users'],
}
export const OLD_CLIENT: DoorkeeperClient = { ...TEST_CLIENT, clientId: 'app-old', keepsRefreshToken: true }

export type Tokens = { access_token: string; refresh_token: string; scope?: string; expires_in: number }

/** A client of the server under test, in place of a browser and a program. */
export type TestServer = {
  readonly context: SandboxContext
  readonly app: Hono<SandboxEnv>
  readonly doorkeeper: Doorkeeper
  signIn(person?: string): Promise<string>
  open(query: Record<string, string>, cookie: string): Promise<Response>
  decide(page: Response, cookie: string, decision: 'allow' | 'deny'): Promise<URL>
  /** The whole way to a code, consent included. */
  code(query?: Record<string, string>): Promise<string>
  token(fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  exchange(code: string, fields?: Record<string, string>): Promise<Response>
  refresh(refreshToken: string, fields?: Record<string, string>): Promise<Response>
  /** A first pair. */
  connect(query?: Record<string, string>): Promise<Tokens>
  trade(refreshToken: string): Promise<Tokens>
  /** Status of a protected resource. */
  use(accessToken: string): Promise<number>
  info(accessToken: string): Promise<Response>
  revoke(fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>
}

const people = [
  { id: '1', name: 'Ada Abara', email: 'ada@one.example', detail: 'One' },
  { id: '2', name: 'Bo Bianchi', email: 'bo@two.example', detail: 'Two' },
]
const credentials = { client_id: TEST_CLIENT.clientId, client_secret: TEST_CLIENT.secret }

/** A server with three clients and two people, on a clock that stands; `kept` is a context to go on with. */
export function testServer(overrides: Partial<DoorkeeperOptions> = {}, kept?: SandboxContext): TestServer {
  const context = kept ?? testContext('outstand')
  const app = new Hono<SandboxEnv>()
  app.use(context.calls.middleware)
  app.use(context.faults.middleware)
  const doorkeeper = createDoorkeeper({
    context,
    label: 'Test',
    findClient: (id) => [TEST_CLIENT, OTHER_CLIENT, OLD_CLIENT].find(({ clientId }) => clientId === id),
    people: () => people,
    accessTtlS: 7_200,
    codeTtlS: 600,
    refreshTtlS: null,
    scopeCompulsory: true,
    refreshTokensMax: null,
    ...overrides,
  })
  doorkeeper.mount(app)
  app.get('/api/users', async (c) => {
    const bearer = await doorkeeper.authenticate(c)
    if (bearer.kind === 'fault') return resourceRefusal(bearer.fault)
    return bearer.row.scopes.includes('users.read') ? c.json([]) : scopeRefusal()
  })

  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    Promise.resolve(app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers }))
  const server: TestServer = {
    context,
    app,
    doorkeeper,
    async signIn(person = '1') {
      const answer = await post('/session', { person, return_to: '/' })
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    },
    open: async (query, cookie) =>
      app.request(`/oauth/authorize?${new URLSearchParams(query)}`, { headers: { cookie } }),
    async decide(page, cookie, decision) {
      const answer = await post(
        '/oauth/authorize',
        { ...hiddenFields(await page.text()), decision },
        { cookie },
      )
      return new URL(answer.headers.get('location') ?? '', 'http://none')
    },
    async code(query = {}) {
      const cookie = await server.signIn()
      const page = await server.open({ ...authorizeQuery, ...query }, cookie)
      const to =
        page.status === 302
          ? new URL(page.headers.get('location') ?? '')
          : await server.decide(page, cookie, 'allow')
      return to.searchParams.get('code') ?? ''
    },
    token: (fields, headers) => post('/oauth/token', fields, headers),
    exchange: (code, fields = {}) =>
      server.token({
        ...credentials,
        grant_type: 'authorization_code',
        redirect_uri: REDIRECT_URI,
        code,
        ...fields,
      }),
    refresh: (refreshToken, fields = {}) =>
      server.token({ ...credentials, grant_type: 'refresh_token', refresh_token: refreshToken, ...fields }),
    connect: async (query) => readTokens(await server.exchange(await server.code(query))),
    trade: async (refreshToken) => readTokens(await server.refresh(refreshToken)),
    use: async (accessToken) => {
      const headers = { authorization: `Bearer ${accessToken}` }
      return (await app.request('/api/users', { headers })).status
    },
    info: async (accessToken) =>
      app.request('/oauth/token/info', { headers: { authorization: `Bearer ${accessToken}` } }),
    revoke: (fields, headers) => post('/oauth/revoke', fields, headers),
  }
  return server
}

export const authorizeQuery = {
  client_id: TEST_CLIENT.clientId,
  redirect_uri: REDIRECT_URI,
  response_type: 'code',
  scope: 'users.read prospects.read',
  state: 'a state/with=odd&characters',
}

/** The tokens of a 200; throws with the answer otherwise. */
export async function readTokens(answer: Response): Promise<Tokens> {
  if (answer.status !== 200) throw new Error(`token answer ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Tokens
}

/** The hidden fields of the first form of a page. */
export function hiddenFields(page: string): Record<string, string> {
  const form = page.split('</form>')[0] ?? ''
  const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return Object.fromEntries(fields.map(([, name, value]) => [unescapeHtml(name), unescapeHtml(value)]))
}

function unescapeHtml(text = ''): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
