/** Granted scopes beside what calls needed. */
export type UnusedScopes = {
  /** Nothing that was called needed them. */
  unused: string[]
  /** Used, but for less than they grant. */
  broader: { scope: string; instead: string[] }[]
  /** Calls cannot tell. */
  notJudged: string[]
}

/**
 * @param granted of the token
 * @param needed by the calls that were made
 * @param provider.known every scope of its catalogue
 */
export function unusedScopes(
  granted: readonly string[],
  needed: ReadonlySet<string>,
  provider: {
    known: readonly string[]
    judges(scope: string): boolean
    covers(granted: string, requested: string): boolean
  },
): UnusedScopes {
  const result: UnusedScopes = { unused: [], broader: [], notJudged: [] }
  for (const scope of [...granted].sort()) {
    if (!provider.judges(scope)) {
      result.notJudged.push(scope)
      continue
    }
    const within = provider.known.filter((each) => each !== scope && provider.covers(scope, each))
    const instead = within.filter((each) => needed.has(each))
    if (instead.length === 0 && !needed.has(scope)) result.unused.push(scope)
    else if (instead.length > 0 && instead.length < within.length) result.broader.push({ scope, instead })
  }
  return result
}
