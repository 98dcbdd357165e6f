import { createKey, type NewKey } from '../lib/api-keys/create-key'
import type { UserActor } from '../lib/core/actor'
import { apiScopes } from '../lib/core/api-scopes'
import type { Deps } from '../lib/deps'
import { createApi } from '../lib/gateway/answer-api'
import { storedFigures } from '../lib/queries/stored-figures'
import { openWeb } from '../server/open-web'

export type MachineApi = Awaited<ReturnType<typeof startMachineApi>>

/** The machine API on a port of its own, behind the product's own server; a page answers 418, so that a test sees whose answer it was. */
export async function startMachineApi(deps: Deps) {
  const web = await openWeb({
    config: { ...deps.config, host: '127.0.0.1', port: 0 },
    log: deps.log,
    metrics: deps.metrics,
    dev: false,
    api: createApi(deps),
    openPages: async () => async (_request, response) => {
      response.writeHead(418).end()
    },
    askDatabase: () => deps.db.$queryRaw`SELECT 1`,
    readFigures: () => storedFigures(deps),
  })
  const origin = `http://127.0.0.1:${web.port}`
  return {
    origin,
    port: web.port,
    /** @param key as `makeKey` gave it; left out, none is sent */
    ask(path: string, key?: string, init: RequestInit = {}): Promise<Response> {
      const headers = new Headers(init.headers)
      if (key !== undefined) headers.set('authorization', `Bearer ${key}`)
      return fetch(origin + path, { ...init, headers })
    },
    close: () => web.drain(1_000),
  }
}

/** A new key in the clear: all scopes and every connection, unless `more` says otherwise. */
export async function makeKey(
  deps: Deps,
  admin: UserActor,
  more: Partial<NewKey> = {},
): Promise<{ id: string; key: string }> {
  const made = await createKey(deps, admin, {
    name: 'A program',
    scopes: [...apiScopes],
    providers: [],
    connectionIds: [],
    expiresAt: null,
    requestsPerMinute: null,
    ...more,
  })
  return { id: made.id, key: made.key.reveal() }
}
