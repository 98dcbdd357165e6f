import type { Context } from 'hono'
import { readBody, single } from '../kernel/body'
import type { SandboxEnv } from '../kernel/contract'
import { randomToken } from '../kernel/tokens'
import { oauthError } from './answers'
import type { Engine } from './engine'
import { consentPage, errorPage, staleFormPage } from './pages'
import { type PreAuthorization, preAuthorize } from './pre-authorize'
import { sameScopes } from './scopes'
import { formFits, type SignedIn, signedIn } from './sessions'
import { grantIsLive } from './token-life'

const CODES_MAX = 1_000
const FORM_ONLY = new Set(['authenticity_token', 'decision'])

/** GET /oauth/authorize: sign-in, then consent, then back with a code; no consent while an equal grant lives. */
export async function authorize(engine: Engine, c: Context<SandboxEnv>): Promise<Response> {
  const url = new URL(c.req.url)
  const who = signedIn(engine, c)
  if (who === null) {
    const returnTo = `${url.pathname}${url.search}`
    return redirect(`/session/new?${new URLSearchParams({ return_to: returnTo })}`)
  }
  const { options, store } = engine
  const found = preAuthorize(url.searchParams, options, store.state.settings)
  if (found.kind === 'faulty') return errorPage(options, found.error)
  if (hasEqualGrant(engine, found.request, who)) return giveCode(engine, found.request, who)
  return consentPage(options, found.request, who, url.searchParams)
}

/** POST /oauth/authorize: the decision, with the request checked again as if it had just come. */
export async function decideAuthorization(engine: Engine, c: Context<SandboxEnv>): Promise<Response> {
  const { fields } = await readBody(c)
  const query = new URLSearchParams()
  for (const [name, values] of fields) {
    if (!FORM_ONLY.has(name)) for (const value of values) query.append(name, value)
  }
  const who = signedIn(engine, c)
  if (who === null)
    return redirect(`/session/new?${new URLSearchParams({ return_to: `/oauth/authorize?${query}` })}`)
  if (!formFits(who.session, single(fields, 'authenticity_token'))) return staleFormPage(engine.options)
  const found = preAuthorize(query, engine.options, engine.store.state.settings)
  if (found.kind === 'faulty') return errorPage(engine.options, found.error)
  if (single(fields, 'decision') === 'allow') return giveCode(engine, found.request, who)
  const denied = oauthError('access_denied')
  return goBack(found.request, { error: denied.error, error_description: denied.description })
}

function hasEqualGrant(engine: Engine, request: PreAuthorization, who: SignedIn): boolean {
  const nowMs = engine.options.context.clock.nowMs()
  return engine.tokens
    .all()
    .some(
      (row) =>
        row.clientId === request.client.clientId &&
        row.ownerId === who.person.id &&
        sameScopes(row.scopes, request.scopes) &&
        grantIsLive(row, nowMs),
    )
}

async function giveCode(engine: Engine, request: PreAuthorization, who: SignedIn): Promise<Response> {
  const { store, options } = engine
  const code = randomToken()
  store.state.codes = [
    ...store.state.codes.slice(1 - CODES_MAX),
    {
      code,
      clientId: request.client.clientId,
      ownerId: who.person.id,
      redirectUri: request.redirectUri,
      scopes: [...request.scopes],
      challenge: request.challenge,
      expiresAtMs: options.context.clock.nowMs() + options.codeTtlS * 1_000,
      used: false,
    },
  ]
  options.context.issued('code', code)
  await store.commit()
  return goBack(request, { code })
}

/** Back to the application; `state` is returned as it came, and there is no `iss`. */
function goBack(request: PreAuthorization, members: Readonly<Record<string, string>>): Response {
  const url = new URL(request.redirectUri)
  for (const [name, value] of Object.entries(members)) url.searchParams.set(name, value)
  if (request.state !== null) url.searchParams.set('state', request.state)
  return redirect(url.href)
}

/** A 302 that is not stored and passes no referrer on. */
export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, {
    status: 302,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...headers },
  })
}
