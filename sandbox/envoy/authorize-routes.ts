import type { Context, Hono } from 'hono'
import { readBody, single } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { randomToken } from '../kernel/tokens'
import { type AuthorizeRequest, backToApp, readAuthorizeRequest } from './authorize-request'
import type { EnvoyPerson } from './directory'
import { consentPage } from './pages/consent-page'
import { messagePage } from './pages/message-page'
import type { EnvoyParts } from './parts'
import { signedIn, signInUrl } from './session'
import { hashToken } from './token-pairs'

export const AUTHORIZE_PATH = '/a/auth/v0/authorize'
/** How long a code is good; Envoy does not say. */
const CODE_TTL_MS = 600_000

/** Consent of a signed-in person to an app (providers.md 2.2). The consent form posts to the request's own address. */
export function addAuthorizeRoutes(app: Hono<SandboxEnv>, parts: EnvoyParts): void {
  const { plugin, oauth } = parts

  const withRequest = async (
    c: Context<SandboxEnv>,
    go: (request: AuthorizeRequest, person: EnvoyPerson) => Promise<Response>,
  ): Promise<Response> => {
    const read = readAuthorizeRequest([plugin, oauth], new URL(c.req.url).searchParams)
    if (read.kind === 'refused')
      return messagePage({ title: 'This link does not work', words: read.words }, 400)
    if (read.kind === 'redirect') return c.redirect(read.location, 303)
    const person = signedIn(parts, c)
    return person === undefined ? c.redirect(signInUrl(c), 303) : go(read.request, person)
  }

  app.get(AUTHORIZE_PATH, (c) =>
    withRequest(c, (request, person) => {
      const { pathname, search } = new URL(c.req.url)
      return consentPage(request, person, { action: `${pathname}${search}`, switchPerson: signInUrl(c) })
    }),
  )

  app.post(AUTHORIZE_PATH, (c) =>
    withRequest(c, async (request, person) => {
      const { redirectUri, state } = request
      const { fields } = await readBody(c)
      if (single(fields, 'decision') !== 'allow') {
        const denied = { error: 'access_denied', error_description: 'The user denied the request' }
        return c.redirect(backToApp(redirectUri, { ...denied, state }), 303)
      }
      const code = await issueCode(parts, request, person)
      return c.redirect(backToApp(redirectUri, { code, state }), 303)
    }),
  )
}

async function issueCode(
  { context, store }: EnvoyParts,
  request: AuthorizeRequest,
  person: EnvoyPerson,
): Promise<string> {
  const code = randomToken()
  const nowMs = context.clock.nowMs()
  const live = store.state.codes.filter((earlier) => earlier.expiresAtMs > nowMs)
  store.state.codes = [
    ...live,
    {
      hash: hashToken(code),
      clientId: request.app.clientId,
      redirectUri: request.redirectUri,
      personId: person.id,
      scopes: [...request.scopes],
      codeChallenge: request.codeChallenge,
      expiresAtMs: nowMs + CODE_TTL_MS,
      used: false,
    },
  ]
  context.issued('code', code)
  await store.commit()
  return code
}
