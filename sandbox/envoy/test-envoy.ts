import { Hono } from 'hono'
import { readBody } from '../kernel/body'
import type { ContextOptions } from '../kernel/context'
import type { SandboxContext, SandboxEnv, SandboxProvider } from '../kernel/contract'
import { serve } from '../kernel/serve'
import { testContext } from '../kernel/test-context'
import { createEnvoy } from './envoy'

/** A webhook as it arrived at the app. */
export type Received = {
  readonly headers: Headers
  readonly raw: string
  readonly json: Record<string, unknown>
}
export type Answer = { readonly status: number; readonly body: string; readonly location?: string }

/** An app of Envoy's: a real server that keeps what it receives and answers by `respond`, with `{}` and `[]` at first. */
export type TestApp = {
  readonly url: string
  readonly received: Received[]
  respond: (webhook: Received) => Answer | Promise<Answer>
  close(): Promise<void>
}

/** The route's name in either envelope; undefined for an event. */
export function routeOf({ json }: Received): string | undefined {
  const meta: unknown = json.meta ?? json.request_meta
  if (typeof meta !== 'object' || meta === null || !('route' in meta)) return undefined
  return typeof meta.route === 'string' ? meta.route : undefined
}

/** What an app that agrees to everything answers. */
export function agree(webhook: Received): Answer {
  return { status: 200, body: routeOf(webhook)?.endsWith('-options') === true ? '[]' : '{}' }
}

export async function startTestApp(): Promise<TestApp> {
  const received: Received[] = []
  const handlers = { respond: agree as TestApp['respond'] }
  const app = new Hono<SandboxEnv>()
  app.post('/api/webhooks/envoy', async (c) => {
    const { raw, json } = await readBody(c)
    const webhook = {
      headers: c.req.raw.headers,
      raw: Buffer.from(raw).toString('utf8'),
      json: { ...(json as object) },
    }
    received.push(webhook)
    const { status, body, location } = await handlers.respond(webhook)
    const headers = new Headers({ 'content-type': 'application/json' })
    if (location !== undefined) headers.set('location', location)
    return new Response(body, { status, headers })
  })
  const served = await serve(app, 0, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${served.port}`,
    received,
    get respond() {
      return handlers.respond
    },
    set respond(respond) {
      handlers.respond = respond
    },
    close: () => served.close(),
  }
}

/** A browser of one person: it keeps cookies, follows nothing, and reads pages as text. */
export class TestBrowser {
  #cookie = ''
  readonly #envoy: SandboxProvider

  constructor(envoy: SandboxProvider) {
    this.#envoy = envoy
  }

  async get(path: string): Promise<Response> {
    return this.#keep(await this.#envoy.app.request(path, { headers: { cookie: this.#cookie } }))
  }

  async post(path: string, fields: Record<string, string> = {}): Promise<Response> {
    const body = new URLSearchParams(fields)
    return this.#keep(
      await this.#envoy.app.request(path, { method: 'POST', body, headers: { cookie: this.#cookie } }),
    )
  }

  async signIn(person: string): Promise<void> {
    const answer = await this.post('/sign-in', { person })
    if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`)
  }

  #keep(answer: Response): Response {
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (cookie !== undefined) this.#cookie = cookie
    return answer
  }
}

export type TestEnvoy = {
  readonly context: SandboxContext
  readonly envoy: SandboxProvider
  /** Every secret value that was handed out, by kind. */
  readonly issued: { kind: string; value: string }[]
  /** Runs an action as the control page does. */
  act(name: string, input?: object): Promise<unknown>
  /** A token request in JSON with the credentials of the app `key` in the body. */
  token(key: string, fields: Record<string, unknown>): Promise<Response>
  secretOf(key: string): string
}

export function startTestEnvoy(options: Partial<ContextOptions> = {}): TestEnvoy {
  const issued: { kind: string; value: string }[] = []
  const context = testContext('envoy', { issued: (kind, value) => issued.push({ kind, value }), ...options })
  const envoy = createEnvoy(context)
  const secretOf = (key: string): string => {
    const secret = envoy.apps().find((app) => app.key === key)?.clientSecret
    if (typeof secret !== 'string') throw new Error(`no app ${key}`)
    return secret
  }
  return {
    context,
    envoy,
    issued,
    secretOf,
    act(name, input = {}) {
      const action = envoy.actions[name]
      if (action === undefined) throw new Error(`no action ${name}`)
      return action.run(input)
    },
    async token(key, fields) {
      const body = JSON.stringify({ client_id: key, client_secret: secretOf(key), ...fields })
      const headers = { 'content-type': 'application/json' }
      return envoy.app.request('/oauth2/token', { method: 'POST', body, headers })
    },
  }
}
