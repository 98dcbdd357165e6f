import type { Revocation } from './provider-messages'

type Grant = {
  /** Refresh tokens that may be traded now. */
  live: Set<string>
  access: string | null
  /** What dies when the newest access token is used: the refresh tokens before it. */
  dying: string[]
  /** Token calls, whether refused or not. */
  calls: number
  mints: number
}

/** Prefix of a token that the bench wrote into the database itself: the provider believes it when it first sees it. */
export const seededRefreshToken = (connectionId: string) => `r.${connectionId}.seeded`

/** The grants of a provider by connection, whose id is a part of each token. Nothing is kept beyond the process. */
export function createGrants(revocation: () => Revocation, random: () => string) {
  const grants = new Map<string, Grant>()
  const spent = new Set<string>()
  const counts = { mints: 0, spentTwice: 0, refused: 0 }

  function grantOf(connectionId: string): Grant {
    const found = grants.get(connectionId)
    if (found) return found
    const made = {
      live: new Set([seededRefreshToken(connectionId)]),
      access: null,
      dying: [],
      calls: 0,
      mints: 0,
    }
    grants.set(connectionId, made)
    return made
  }

  return {
    /** Trades a refresh token for a new pair; `null` when it is dead. */
    refresh(token: string) {
      const connectionId = connectionOf(token)
      const grant = grantOf(connectionId)
      grant.calls += 1
      if (!grant.live.has(token)) {
        counts.refused += 1
        return { connectionId, pair: null }
      }
      if (spent.has(token)) counts.spentTwice += 1
      spent.add(token)
      if (revocation() === 'immediate') grant.live.delete(token)
      else grant.dying = [...grant.live]
      const pair = { access: `a.${connectionId}.${random()}`, refresh: `r.${connectionId}.${random()}` }
      grant.live.add(pair.refresh)
      grant.access = pair.access
      grant.mints += 1
      counts.mints += 1
      return { connectionId, pair }
    },
    /** Uses an access token; false when it is not the newest one. */
    use(token: string): boolean {
      const grant = grants.get(connectionOf(token))
      if (grant?.access !== token) return false
      for (const dead of grant.dying) grant.live.delete(dead)
      grant.dying = []
      return true
    },
    counts: () => ({ ...counts }),
    byConnection: () =>
      Object.fromEntries([...grants].map(([id, { calls, mints }]) => [id, { calls, mints }] as const)),
  }
}

function connectionOf(token: string): string {
  return token.split('.')[1] ?? ''
}
