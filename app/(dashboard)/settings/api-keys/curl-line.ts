import type { ApiScope } from '@/lib/core/api-scopes'

/**
 * A command that tries a key, with something that it may do.
 *
 * @param origin of the page
 * @param key the key itself, or the shell variable that holds it
 * @param may.connectionId of a key that reaches chosen connections: the first of them
 */
export function curlLine(
  origin: string,
  key: string,
  may: { scopes: readonly ApiScope[]; connectionId: string | null },
): string {
  const { method, path } = tried(may)
  return `curl ${method}-H "Authorization: Bearer ${key}" ${origin}/api/v1/${path}`
}

function tried({ scopes, connectionId }: Parameters<typeof curlLine>[2]): { method: string; path: string } {
  const may = (scope: ApiScope) => scopes.includes(scope)
  const one = `connections/${connectionId ?? 'con_…'}`
  if (may('connections:read') && connectionId === null) return { method: '', path: 'connections' }
  if (may('tokens:read')) return { method: '', path: `${one}/token` }
  if (may('connections:read')) return { method: '', path: one }
  if (may('tokens:refresh')) return { method: '-X POST ', path: `${one}/refresh` }
  return { method: '', path: `proxy/${connectionId ?? 'con_…'}/api/…` }
}
