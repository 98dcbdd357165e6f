import { generateKeyPairSync } from 'node:crypto'
import { z } from 'zod'
import type { ContextOptions } from '../kernel/context'
import type { SandboxApp, SandboxContext } from '../kernel/contract'
import { testContext } from '../kernel/test-context'
import { personByEmail } from './data/orgs'
import { createOutreach } from './outreach'

export const MIRA = 'mira.solano@harbourlane.example'
export const INES = 'ines.brandt@copperfield.example'

const answerSchema = z.looseObject({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  scope: z.string().optional(),
})

/** Made once: an RSA key for each test would take most of the time. */
const sharedKeyPem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()

/** An Outreach in memory, its clock standing, with the steps of a client and its user at hand. For tests. */
export function startOutreach(overrides: Partial<ContextOptions> = {}) {
  const plain = testContext('outreach', overrides)
  const context: SandboxContext = {
    ...plain,
    secret: (name, make) => plain.secret(name, name === 's2s_private_key' ? () => sharedKeyPem : make),
  }
  const outreach = createOutreach(context)
  const { app: server } = outreach

  const appOf = (key: string): SandboxApp => {
    const found = outreach.apps().find((one) => one.key === key)
    if (found === undefined) throw new Error(`no app ${key}`)
    return found
  }
  const authorizePath = (app: SandboxApp, changes: Record<string, string | null> = {}) => {
    const query = new URLSearchParams({
      client_id: app.clientId ?? '',
      redirect_uri: context.callbackUrl,
      response_type: 'code',
      scope: app.scopes.join(' '),
      state: 'st+ate=&%',
    })
    for (const [name, value] of Object.entries(changes))
      value === null ? query.delete(name) : query.set(name, value)
    return `/oauth/authorize?${query}`
  }
  const signIn = async (email: string): Promise<{ cookie: string }> => {
    const person = String(personByEmail(email)?.id)
    const answer = await server.request('/session', { method: 'POST', body: new URLSearchParams({ person }) })
    return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
  }
  /** Opens the consent page, unless consent is skipped, and presses one of its buttons. */
  const decide = async (email: string, path: string, decision: 'allow' | 'deny'): Promise<Response> => {
    const headers = await signIn(email)
    const page = await server.request(path, { headers })
    if (page.status !== 200) return page
    const body = new URLSearchParams(new URL(path, 'http://x').search)
    body.set(
      'authenticity_token',
      /name="authenticity_token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '',
    )
    body.set('decision', decision)
    return server.request('/oauth/authorize', { method: 'POST', headers, body })
  }
  const post = (fields: Record<string, string>) =>
    server.request('/oauth/token', { method: 'POST', body: new URLSearchParams(fields) })
  const credentials = (app: SandboxApp) => ({
    client_id: app.clientId ?? '',
    client_secret: app.clientSecret ?? '',
  })
  const codeOf = async (app: SandboxApp, email: string, changes: Record<string, string | null> = {}) => {
    const answer = await decide(email, authorizePath(app, changes), 'allow')
    const code = new URL(answer.headers.get('location') ?? 'http://none').searchParams.get('code')
    if (code === null) throw new Error(`no code: ${answer.status}`)
    return code
  }
  const exchange = (app: SandboxApp, code: string, changes: Record<string, string> = {}) =>
    post({
      ...credentials(app),
      grant_type: 'authorization_code',
      redirect_uri: context.callbackUrl,
      code,
      ...changes,
    })
  const refresh = (app: SandboxApp, refreshToken: string | undefined, changes: Record<string, string> = {}) =>
    post({
      ...credentials(app),
      grant_type: 'refresh_token',
      refresh_token: refreshToken ?? '',
      ...changes,
    })
  const read = async (answer: Response) => answerSchema.parse(await answer.json())
  return {
    context,
    outreach,
    server,
    appOf,
    authorizePath,
    signIn,
    decide,
    post,
    credentials,
    codeOf,
    exchange,
    refresh,
    read,
    /** Consent and exchange; the first pair. */
    connect: async (app: SandboxApp, email: string, changes: Record<string, string | null> = {}) =>
      read(await exchange(app, await codeOf(app, email, changes))),
    /** A refresh a minute later, so that the mint throttle has nothing against it. */
    refreshLater: (app: SandboxApp, refreshToken: string | undefined) => {
      context.clock.advance(60_000)
      return refresh(app, refreshToken)
    },
    api: (accessToken: string, path = '/api/v2') =>
      server.request(path, { headers: { authorization: `Bearer ${accessToken}` } }),
    run: (action: string, input: unknown = {}) => {
      const found = outreach.actions[action]
      if (found === undefined) throw new Error(`no action ${action}`)
      return found.run(input)
    },
  }
}
