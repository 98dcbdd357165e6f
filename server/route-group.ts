import type { IncomingHttpHeaders } from 'node:http'

/** Requests that are alike enough to be measured together; a path of its own would be a label without end. */
export type RouteGroup =
  | 'page'
  | 'action'
  | 'callback'
  | 'landing'
  | 'webhook'
  | 'api'
  | 'stream'
  | 'health'
  | 'metrics'
  | 'static'

const groups: readonly (readonly [string, RouteGroup])[] = [
  ['/api/v1/', 'api'],
  ['/api/health/', 'health'],
  ['/api/metrics', 'metrics'],
  ['/api/callback/', 'callback'],
  ['/api/webhooks/', 'webhook'],
  ['/api/events', 'stream'],
  ['/api/', 'api'],
  ['/outreach/setup', 'landing'],
  ['/_next/', 'static'],
]

/** @param path without the query */
export function routeGroup(path: string, headers: IncomingHttpHeaders): RouteGroup {
  const group = groups.find(([prefix]) => path.startsWith(prefix))?.[1]
  // Next posts a server action to the page's own address.
  return group ?? ('next-action' in headers ? 'action' : 'page')
}

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** A method as a label: those that a client makes up count together. */
export function methodLabel(method: string | undefined): string {
  return method !== undefined && methods.includes(method) ? method : 'other'
}
