import { requireScope } from '../api-keys/key-holder'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { pathOf } from '../http/path-of'
import { createDocumentAnswer, documentPath } from './openapi/answer-document'
import type { CallOrigin, Operation } from './operation'
import { operations as allOperations } from './operations'
import { ownHeaders } from './own-headers'
import { problem, problemAnswer } from './problem-answer'
import { createRoutes } from './routes'

/** Where the API lives; what follows is its operations' own. */
export const apiPrefix = '/api/v1/'

export type ApiHandler = (request: Request, from: CallOrigin) => Promise<Response>

/**
 * The machine API: finds the operation, checks the key and its scope, parses, calls, and turns every fault into a problem. Never
 * rejects.
 */
export function createApi(deps: Deps, operations: readonly Operation[] = allOperations): ApiHandler {
  const route = createRoutes(operations)
  const document = createDocumentAnswer(operations, deps.config.appUrl.origin)
  const nextId = requestIds(deps)

  return async (request, from) => {
    const requestId = nextId()
    try {
      const { path, search } = targetOf(from.target)
      const { method } = request
      if (path === documentPath && (method === 'GET' || method === 'HEAD'))
        return document(requestId, request.headers.get('if-none-match'))
      const found = path === documentPath ? documentRoute : route(method, path)
      if (found.kind === 'none')
        return problem(deps, requestId, { code: 'path_unknown', words: 'There is no such path.' })
      if (found.kind === 'other_method') return otherMethod(deps, method, requestId, found.allow)
      refuseKeyInUrl(path, search)
      const { operation, params } = found
      const key = await deps.keys.check(request.headers.get('authorization'))
      requireScope(key, operation.scope)
      return await operation.run(deps, { request, requestId, params, search, key, from })
    } catch (error) {
      return problemAnswer(deps, requestId, error)
    }
  }
}

const documentRoute = { kind: 'other_method', allow: 'GET, HEAD, OPTIONS' } as const

function otherMethod(deps: Deps, method: string, requestId: string, allow: string): Response {
  if (method === 'OPTIONS')
    return new Response(null, { status: 204, headers: ownHeaders(requestId, { allow }) })
  const words = `This path takes ${allow}.`
  return problem(deps, requestId, { code: 'method_not_allowed', words }, { allow })
}

const keyInUrl = /pbk(?:_|%5f)/i

/** Addresses end up in logs and histories on the way: a key that was in one is no secret any more. */
function refuseKeyInUrl(path: string, search: string): void {
  if (!keyInUrl.test(search) && !keyInUrl.test(path)) return
  throw new PatchbayError(
    'invalid_input',
    'An API key belongs in the Authorization header, never in the address. Revoke the one that was sent so.',
  )
}

function targetOf(target: string): { path: string; search: string } {
  const path = pathOf(target)
  return { path, search: target.slice(path.length) }
}

/** Ids that name a request in this process's log and nowhere else: they need not be secret, only cheap. */
function requestIds({ random }: Pick<Deps, 'random'>): () => string {
  const process = Buffer.from(random.bytes(6)).toString('hex')
  let count = 0
  return () => {
    count += 1
    return `${process}-${count.toString(36)}`
  }
}
