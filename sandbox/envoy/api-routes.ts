import type { Context, Hono } from 'hono'
import { readBearer } from '../kernel/basic-auth'
import type { SandboxEnv } from '../kernel/contract'
import { createApiWindow } from './api-window'
import { findPerson } from './directory'
import { findInstall } from './installs'
import type { EnvoyParts } from './parts'
import { ME_SCOPES, V1_COLLECTIONS } from './resources'
import type { EnvoyState, TokenPair } from './state'
import { companyOf } from './token-answer'
import { findByAccess, isAccessLive, markUsed } from './token-pairs'
import { v1Page } from './v1-list'

/** Path prefixes of the API calls, as against sign-in, tokens and pages. */
export const API_PATHS = ['/v1/', '/api/'] as const

function personOf(state: EnvoyState, { origin }: TokenPair) {
  switch (origin.kind) {
    case 'authorization_code':
    case 'password':
      return findPerson(origin.personId)
    case 'plugin_install':
    case 'webhook':
      return findPerson(findInstall(state, origin.installId)?.installerId ?? '')
    case 'client_credentials':
      return undefined
  }
}

/**
 * The API that tokens open (providers.md 2.10): v1 lists and who-am-I. 401 for a token that is none, 403 for a missing
 * scope, 429 when the sandbox was told a limit. Envoy publishes no bodies for these, nor any limit.
 */
export function addApiRoutes(app: Hono<SandboxEnv>, parts: EnvoyParts): void {
  const { context, store } = parts
  const window = createApiWindow()

  const withToken = async (
    c: Context<SandboxEnv>,
    scopes: readonly string[],
    go: (pair: TokenPair, companyId: string) => Response,
  ): Promise<Response> => {
    const { state } = store
    const nowMs = context.clock.nowMs()
    const pair = findByAccess(state, readBearer(c.req.header('authorization')) ?? '')
    if (pair === undefined || !isAccessLive(pair, nowMs)) {
      return c.json({ error: 'unauthorized' }, 401, { 'www-authenticate': 'Bearer' })
    }
    if (pair.supersedes !== null) {
      markUsed(state, pair)
      await store.commit()
    }
    const companyId = companyOf(pair.origin)
    if (companyId === null || !scopes.some((scope) => pair.scopes.includes(scope))) {
      return c.json({ error: 'forbidden' }, 403)
    }
    const limit = state.settings.rateLimit
    const waitS = limit === null ? null : window.take(companyId, limit, nowMs)
    if (waitS !== null) {
      const headers: Record<string, string> =
        limit?.retryAfter === true ? { 'retry-after': String(waitS) } : {}
      return c.json({ error: 'too many requests' }, 429, headers)
    }
    return go(pair, companyId)
  }

  for (const [name, collection] of Object.entries(V1_COLLECTIONS)) {
    app.get(`/v1/${name}`, (c) =>
      withToken(c, [collection.scope], (_pair, companyId) => {
        const list = v1Page(collection.list(companyId), new URL(c.req.url).searchParams)
        return list.ok ? c.json(list.page) : c.json({ error: list.words }, 400)
      }),
    )
    app.get(`/v1/${name}/:id`, (c) =>
      withToken(c, [collection.scope], (_pair, companyId) => {
        const item = collection.list(companyId).find(({ id }) => id === c.req.param('id'))
        return item === undefined ? c.json({ error: 'not found' }, 404) : c.json({ data: item })
      }),
    )
  }

  app.get('/api/v2/users/me', (c) =>
    withToken(c, ME_SCOPES, (pair) => {
      const person = personOf(store.state, pair)
      if (person === undefined) return c.json({ error: 'forbidden' }, 403)
      const { id, name, email } = person
      return c.json({ data: { id, type: 'users', attributes: { name, email } } })
    }),
  )
}
