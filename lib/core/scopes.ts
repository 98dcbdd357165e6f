/** Scopes as the field has them: case-sensitive words, separated by spaces on the wire (RFC 6749, 3.3). */
export function parseScopes(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))]
}

export function formatScopes(scopes: readonly string[]): string {
  return scopes.join(' ')
}

export type ScopeGroups = {
  /** `null`: the provider does not report scopes. */
  granted: string[] | null
  requested: string[]
  missing: string[]
}

/**
 * Sorts a connection's scopes into the three groups of its page.
 *
 * @param covers whether one granted scope covers one requested scope, as the provider defines it
 */
export function groupScopes(
  granted: readonly string[] | null,
  requested: readonly string[],
  covers: (granted: string, requested: string) => boolean = (a, b) => a === b,
): ScopeGroups {
  if (granted === null) return { granted: null, requested: [...requested].sort(), missing: [] }
  const missing = requested.filter((scope) => !granted.some((have) => covers(have, scope)))
  return { granted: [...granted].sort(), requested: [...requested].sort(), missing: missing.sort() }
}

/** Outreach's `all` is read, write and delete; write does not include read (providers.md 1.1). */
export function outreachCovers(granted: string, requested: string): boolean {
  if (granted === requested) return true
  const [haveResource, haveVerb] = granted.split('.')
  const [wantResource, wantVerb] = requested.split('.')
  return (
    haveVerb === 'all' &&
    haveResource === wantResource &&
    ['read', 'write', 'delete'].includes(wantVerb ?? '')
  )
}
