import { type Context, Hono } from 'hono'
import { readBearer } from '../../kernel/basic-auth'
import { readBody } from '../../kernel/body'
import type { SandboxContext, SandboxEnv } from '../../kernel/contract'
import type { Store } from '../../kernel/store'
import { coversScope, S2S_SCOPES } from '../data/scopes'
import type { OutreachState } from '../state'
import type { Bearer, Caller } from './caller'
import {
  answerCreate,
  answerDelete,
  answerList,
  answerRecord,
  answerUpdate,
  type CollectionView,
} from './collection'
import { JSON_API_TYPE, unsupportedMediaType } from './json-api'
import { rateHeaders } from './rate-headers'
import { countRequest } from './rate-window'
import {
  deadToken,
  invalidJwt,
  missingScope,
  noAuthorization,
  rateLimitExceeded,
  resourceNotFound,
  scheduledMaintenance,
  unauthorizedRequest,
} from './refusals'
import { RESOURCES } from './resources'
import { answerRoot } from './root'

export type ApiDeps = {
  readonly context: SandboxContext
  readonly store: Store<OutreachState>
  /** Looks the bearer token of a request up; a live one counts as used. */
  identify(token: string, c: Context<SandboxEnv>): Promise<Bearer> | Bearer
}

type ApiContext = Context<SandboxEnv>

const VERBS: Readonly<Record<string, 'read' | 'write' | 'delete'>> = {
  GET: 'read',
  POST: 'write',
  PATCH: 'write',
  DELETE: 'delete',
}

/** The REST API: `/api/v2` and its collections, behind the gateway's and the API's own checks (providers.md 1.2). */
export function apiRoutes(deps: ApiDeps): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>()
  const handle = async (c: ApiContext) => {
    const answer = await answerApi(deps, c)
    deps.store.touch()
    return answer
  }
  routes.all('/api/v2', handle)
  routes.all('/api/v2/:path', handle)
  routes.all('/api/v2/:path/:id', handle)
  return routes
}

async function answerApi(deps: ApiDeps, c: ApiContext): Promise<Response> {
  const { state } = deps.store
  const nowMs = deps.context.clock.nowMs()
  if (state.maintenanceUntilMs !== null && nowMs < state.maintenanceUntilMs)
    return scheduledMaintenance(state.maintenanceUntilMs)

  const caller = await admit(deps, c)
  if (caller instanceof Response) return caller
  const window = countRequest(state.counters, caller.bucket, nowMs)
  if (window.over) return rateLimitExceeded(window, state.switches, nowMs)

  const answer = await answerCaller(deps, c, caller)
  for (const [name, value] of Object.entries(rateHeaders(window, state.switches, nowMs)))
    answer.headers.set(name, value)
  return answer
}

async function admit(deps: ApiDeps, c: ApiContext): Promise<Caller | Response> {
  const header = c.req.header('authorization')
  if (header === undefined) return noAuthorization()
  const token = readBearer(header)
  if (token === undefined) return invalidJwt()
  const bearer = await deps.identify(token, c)
  switch (bearer.kind) {
    case 'live':
      return bearer.caller
    case 'unknown':
      return invalidJwt()
    default:
      return deadToken(bearer.kind)
  }
}

async function answerCaller(deps: ApiDeps, c: ApiContext, caller: Caller): Promise<Response> {
  const { state } = deps.store
  const hasBody = c.req.method === 'POST' || c.req.method === 'PATCH'
  const mediaType = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if ((hasBody || state.switches.strictGet) && mediaType !== JSON_API_TYPE) return unsupportedMediaType()
  if (state.lockedOrgs.includes(caller.org.id) || state.deletedOrgs.includes(caller.org.id))
    return unauthorizedRequest('The organization of this token is locked or deleted.')

  const path = c.req.param('path')
  if (path === undefined) {
    return c.req.method === 'GET'
      ? answerRoot(caller, deps.context.browserUrl, state.switches.s2sRoot)
      : resourceNotFound('There is no such action.')
  }
  return answerCollection(deps, c, caller, path)
}

async function answerCollection(
  deps: ApiDeps,
  c: ApiContext,
  caller: Caller,
  path: string,
): Promise<Response> {
  const kind = RESOURCES.find((one) => one.path === path)
  const verb = VERBS[c.req.method]
  const id = c.req.param('id')
  const routed = c.req.method === 'GET' || (c.req.method === 'POST') === (id === undefined)
  if (kind === undefined || verb === undefined || !routed || (verb !== 'read' && !kind.writable))
    return resourceNotFound(`There is no ${c.req.method} for this address.`)

  const refusal = refuseAct(caller, `${path}.${verb}`)
  if (refusal !== undefined) return refusal
  const view: CollectionView = {
    kind,
    org: caller.org,
    changed: deps.store.state.changed,
    address: `${deps.context.baseUrl}/api/v2/${path}`,
  }
  return act(deps, c, view, id)
}

/** Scopes come first; then what the person's own rights allow. Here only admins may delete. */
function refuseAct(caller: Caller, needed: string): Response | undefined {
  const { person, scopes } = caller
  if (person === undefined && !coversScope(S2S_SCOPES, needed))
    return unauthorizedRequest('This resource is not available with an S2S token.')
  if (!coversScope(scopes, needed)) return missingScope(needed)
  if (needed.endsWith('.delete') && person !== undefined && !person.admin)
    return unauthorizedRequest('Your governance settings do not allow you to delete this resource.')
  return undefined
}

async function act(
  deps: ApiDeps,
  c: ApiContext,
  view: CollectionView,
  id: string | undefined,
): Promise<Response> {
  const nowMs = deps.context.clock.nowMs()
  if (c.req.method === 'GET')
    return id === undefined ? answerList(view, new URL(c.req.url).searchParams) : answerRecord(view, id)
  const { json } = await readBody(c)
  if (c.req.method === 'DELETE') return answerDelete(view, id ?? '')
  return id === undefined ? answerCreate(view, json, nowMs) : answerUpdate(view, id, json, nowMs)
}
