import { type Context, Hono } from 'hono'
import { readBearer } from '../../kernel/basic-auth'
import { readBody } from '../../kernel/body'
import type { SandboxContext, SandboxEnv } from '../../kernel/contract'
import type { Store } from '../../kernel/store'
import { bearerJwt } from '../api/bearer-jwt'
import { apiError, jsonApi } from '../api/json-api'
import { badParameter, resourceNotFound } from '../api/refusals'
import type { S2sApp } from '../apps'
import { orgById } from '../data/orgs'
import { refuseEarlyMint } from '../oauth/mint-throttle'
import type { Install, OutreachState } from '../state'
import { type InstallFacts, installDocument, readInclude } from './install-document'
import { hashOf, takeSetupToken } from './installs'
import { verifyAppToken } from './verify-app-token'

export type S2sDeps = {
  readonly context: SandboxContext
  readonly store: Store<OutreachState>
  readonly app: S2sApp
  /** With which S2S tokens are signed; nobody else checks it. */
  readonly signingKey: string
}

type ActionContext = Context<SandboxEnv>

/** "The S2S token remains valid for one hour" (seed 000). */
const S2S_TTL_MS = 3_600_000

/**
 * The two actions an app performs with its app token (seed 000). What they say when they refuse is not published; the
 * statuses for locked and deleted orgs are switches, everything else is JSON:API with the usual status.
 */
export function s2sActionRoutes(deps: S2sDeps): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>()
  routes.post('/api/app/installs/:install/actions/accessToken', (c) =>
    act(deps, c, async (include) => {
      const install = liveInstall(deps, c.req.param('install'))
      return install instanceof Response ? install : mint(deps, install, include)
    }),
  )
  routes.post('/api/app/installs/:token/actions/setupToken', (c) =>
    act(deps, c, async (include) => {
      const { state } = deps.store
      const use = state.switches.setupTokenUse
      const found = takeSetupToken(state, c.req.param('token'), use, deps.context.clock.nowMs())
      if (found === undefined) return resourceNotFound('The setup token is not known or no longer valid.')
      await deps.store.commit()
      const install = liveInstall(deps, found.guid)
      return install instanceof Response
        ? install
        : jsonApi(200, installDocument(factsOf(deps, install), include))
    }),
  )
  return routes
}

async function act(
  deps: S2sDeps,
  c: ActionContext,
  answer: (include: readonly string[]) => Promise<Response>,
): Promise<Response> {
  await readBody(c)
  const token = readBearer(c.req.header('authorization'))
  if (token === undefined) return unauthorized('The request has no app token.')
  const { app, context } = deps
  const keysOf = (guid: string) => (guid === app.s2sGuid ? app.publicKeyPems : undefined)
  const verdict = await verifyAppToken(token, keysOf, context.clock.nowMs())
  if (!verdict.ok) return unauthorized(verdict.detail)
  // Its maker keeps it secret too: whoever has it mints tokens for an hour.
  context.issued('app_token', token)
  const include = readInclude(c.req.query('include'))
  return include === undefined ? badParameter('include') : answer(include)
}

function unauthorized(detail: string): Response {
  return apiError(401, { id: 'unauthorizedRequest', title: 'Unauthorized', detail })
}

/** The install behind an INSTALL_ID, or why it cannot be used. */
function liveInstall(deps: S2sDeps, guid: string): Install | Response {
  const { installs, lockedOrgs, deletedOrgs, switches } = deps.store.state
  const install = installs.find((one) => one.guid === guid)
  if (install !== undefined && deletedOrgs.includes(install.orgId))
    return orgRefusal(switches.deletedStatus, 'organizationDeleted', 'The organization has been deleted.')
  if (install === undefined || install.deletedAtMs !== null)
    return resourceNotFound(`Could not find 'install' with ID '${guid}'.`)
  if (lockedOrgs.includes(install.orgId))
    return orgRefusal(switches.lockedStatus, 'organizationLocked', 'The organization has been locked.')
  return install
}

function orgRefusal(status: number, id: string, detail: string): Response {
  return apiError(status, { id, title: 'Organization Unavailable', detail })
}

async function mint(deps: S2sDeps, install: Install, include: readonly string[]): Promise<Response> {
  const { context, store, app } = deps
  const { state } = store
  const nowMs = context.clock.nowMs()
  const mintKey = `${app.key}/${install.guid}`
  const { s2sMintThrottle, mintRetryAfter } = state.switches
  const early = s2sMintThrottle ? refuseEarlyMint(state.lastMintsMs, mintKey, nowMs, mintRetryAfter) : null
  if (early !== null) return early

  const facts = factsOf(deps, install)
  const expiresAtMs = nowMs + S2S_TTL_MS
  const claims = { aud: app.s2sGuid, org: facts.org.guid, exp: Math.floor(expiresAtMs / 1_000) }
  const token = bearerJwt(claims, deps.signingKey)
  const scopes = [...(state.appScopes[app.key] ?? app.scopes)]
  const live = state.s2sTokens.filter((one) => one.expiresAtMs > nowMs - S2S_TTL_MS)
  state.s2sTokens = [
    ...live,
    { hash: hashOf(token), installGuid: install.guid, scopes, expiresAtMs, revoked: false },
  ]
  state.lastMintsMs[mintKey] = nowMs
  await store.commit()
  context.issued('access_token', token)
  return jsonApi(200, installDocument(facts, include, token))
}

function factsOf(deps: S2sDeps, install: Install): InstallFacts {
  const org = orgById(install.orgId)
  if (org === undefined) throw new Error(`install of an org that does not exist: ${install.orgId}`)
  const { app, context } = deps
  const apiAddress = `${context.baseUrl}/api/v2`
  return { install, org, s2sGuid: app.s2sGuid, appName: app.name, apiAddress }
}
