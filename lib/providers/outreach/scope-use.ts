import type { ScopeUse } from '../contract'
import { oauthResources } from './scope-table'

const resources = new Set(Object.values(oauthResources).flatMap((entries) => entries.map(([name]) => name)))

const verbs: Readonly<Record<string, string>> = {
  GET: 'read',
  HEAD: 'read',
  POST: 'write',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
}

/**
 * The scope that a call needs by its path, `/api/v2/{resource}/…`: scopes carry the resource's name, and an action writes
 * (providers.md 1.1). Records that `include` or a filter brings in are named by the query, which is not kept.
 */
function scopeNeeded(method: string, path: string): string | null {
  const resource = /^\/api\/v2\/([A-Za-z]+)(?:\/|$)/.exec(path)?.[1]
  const verb = verbs[method.toUpperCase()]
  return resource !== undefined && verb !== undefined && resources.has(resource)
    ? `${resource}.${verb}`
    : null
}

/** Totals (`aggregate`) and SCIM are not told by a path of this form. */
function judges(scope: string): boolean {
  const [resource = '', verb = ''] = scope.split('.')
  return resources.has(resource) && ['all', 'read', 'write', 'delete'].includes(verb)
}

export const outreachScopeUse: ScopeUse = { scopeNeeded, judges }
