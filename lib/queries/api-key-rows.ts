import type { ApiScope } from '../core/api-scopes'
import { apiScopes } from '../core/api-scopes'
import { type KeyState, keyState } from '../core/key-state'
import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'

/** An API key as pages show it: never its hash. */
export type KeyRow = {
  id: string
  name: string
  /** How the key begins. */
  hint: string
  state: KeyState
  scopes: ApiScope[]
  reach: KeyReach
  requestsPerMinute: number | null
  createdAt: Date
  /** Name of the person who made it. */
  createdBy: string
  expiresAt: Date | null
  /** Within some seconds. */
  lastUsedAt: Date | null
  revokedAt: Date | null
  revokedBy: string | null
}

export type KeyReach = {
  /** Empty: every provider. */
  providers: ProviderId[]
  /** Empty: every connection. */
  connections: { id: string; name: string }[]
}

export const keySelect = {
  id: true,
  name: true,
  hint: true,
  scopes: true,
  providers: true,
  connectionIds: true,
  requestsPerMinute: true,
  createdBy: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
  revokedBy: true,
} as const

type StoredKey = Omit<KeyRow, 'state' | 'scopes' | 'reach'> & {
  scopes: string[]
  providers: ProviderId[]
  connectionIds: string[]
}

/** Keys with the names of the people and connections they tell of. */
export async function keyRows(
  deps: Pick<Deps, 'db' | 'clock'>,
  keys: readonly StoredKey[],
): Promise<KeyRow[]> {
  const people = keys.flatMap(({ createdBy, revokedBy }) => [createdBy, ...(revokedBy ? [revokedBy] : [])])
  const [users, connections] = await Promise.all([
    deps.db.user.findMany({
      where: { id: { in: [...new Set(people)] } },
      select: { id: true, name: true },
    }),
    connectionNames(
      deps,
      keys.flatMap(({ connectionIds }) => connectionIds),
    ),
  ])
  const personNames = new Map(users.map(({ id, name }) => [id, name]))
  const nowMs = deps.clock.now().getTime()
  return keys.map(({ providers, connectionIds, ...key }) => ({
    ...key,
    state: keyState(key, nowMs),
    scopes: apiScopes.filter((scope) => key.scopes.includes(scope)),
    reach: {
      providers,
      connections: connectionIds.map((id) => ({ id, name: connections.get(id) ?? id })),
    },
    createdBy: personNames.get(key.createdBy) ?? key.createdBy,
    revokedBy: key.revokedBy && (personNames.get(key.revokedBy) ?? key.revokedBy),
  }))
}

/** The shown names of connections, by id. */
export async function connectionNames(
  deps: Pick<Deps, 'db'>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await deps.db.connection.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, label: true, accountName: true },
  })
  return new Map(rows.map(({ id, label, accountName }) => [id, label ?? accountName]))
}
