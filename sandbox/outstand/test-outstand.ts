import { hiddenFields } from '../doorkeeper/test-server'
import type { SandboxApp, SandboxContext, SandboxProvider } from '../kernel/contract'
import { testContext } from '../kernel/test-context'
import { createOutstand } from './outstand'

export type Pair = { access_token: string; refresh_token: string; scope?: string }

/** An Outstand under test with the browser and the programs that talk to it. */
export type TestOutstand = {
  readonly context: SandboxContext
  readonly provider: SandboxProvider
  readonly app: SandboxProvider['app']
  appNamed(key: string): SandboxApp
  run(action: string, input?: unknown): Promise<unknown>
  /** Signs a person in, allows, and exchanges the code. */
  connect(options?: { person?: string; app?: string; scope?: string }): Promise<Pair>
  applicationToken(): Promise<string>
  token(fields: Record<string, string>): Promise<Response>
  get(path: string, token?: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, token: string, json?: unknown): Promise<Response>
}

export const JOAN = '4861'
export const LENA = '4870'

/** An Outstand in memory unless a context with a folder is given. */
export function testOutstand(context: SandboxContext = testContext('outstand')): TestOutstand {
  const provider = createOutstand(context)
  const { app } = provider
  const bearer = (token: string): Record<string, string> =>
    token === '' ? {} : { authorization: `Bearer ${token}` }
  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers })
  const server: TestOutstand = {
    context,
    provider,
    app,
    appNamed(key) {
      const found = provider.apps().find((one) => one.key === key)
      if (found === undefined) throw new Error(`no app ${key}`)
      return found
    },
    run: async (action, input = {}) => provider.actions[action]?.run(input),
    async connect({ person = JOAN, app: key = 'sandbox-outstand', scope = '' } = {}) {
      const client = server.appNamed(key)
      const signedIn = await post('/session', { person })
      const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      const redirectUri = client.redirectUris[0] ?? ''
      const query = new URLSearchParams({
        client_id: client.clientId ?? '',
        redirect_uri: redirectUri,
        response_type: 'code',
        ...(scope === '' ? {} : { scope }),
      })
      const page = await app.request(`/oauth/authorize?${query}`, { headers: { cookie } })
      const back =
        page.status === 302
          ? page
          : await post(
              '/oauth/authorize',
              { ...hiddenFields(await page.text()), decision: 'allow' },
              { cookie },
            )
      const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
      const json = {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        code,
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
      }
      const answer = await app.request('/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      })
      if (answer.status !== 200) throw new Error(`exchange: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Pair
    },
    async applicationToken() {
      const { clientId, clientSecret } = server.appNamed('sandbox-outstand-whitelabel')
      const answer = await server.token({
        grant_type: 'client_credentials',
        client_id: clientId ?? '',
        client_secret: clientSecret ?? '',
        scope: 'provision_users',
      })
      return ((await answer.json()) as Pair).access_token
    },
    token: (fields) => post('/oauth/token', fields),
    get: async (path, token = '', headers = {}) =>
      app.request(path, { headers: { ...bearer(token), ...headers } }),
    send: async (method, path, token, json) =>
      app.request(path, {
        method,
        headers: { ...bearer(token), 'content-type': 'application/json' },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
  }
  return server
}
