import type { Store } from '../kernel/store'
import type { DoorkeeperState, TokenRow } from './model'

/** The token rows with their two indexes. */
export type TokenTable = {
  byAccess(token: string): TokenRow | undefined
  byRefresh(token: string): TokenRow | undefined
  byId(id: number): TokenRow | undefined
  all(): readonly TokenRow[]
  add(row: Omit<TokenRow, 'id'>): TokenRow
  /** Gives the refresh token of one row to another. */
  moveRefresh(from: TokenRow, to: TokenRow): void
}

/** Dead rows are kept so that their tokens are called revoked and not unknown, but not without end. */
const DEAD_ROWS_MAX = 5_000

type Index = {
  readonly of: DoorkeeperState
  readonly access: Map<string, TokenRow>
  readonly refresh: Map<string, TokenRow>
  readonly id: Map<number, TokenRow>
}

/** The table over a store; it follows a reset of the store. */
export function createTokenTable(store: Store<DoorkeeperState>): TokenTable {
  let index: Index = indexOf(store.state)
  /** A reset puts another state into the store. */
  const current = () => {
    if (index.of !== store.state) index = indexOf(store.state)
    return index
  }
  return {
    byAccess: (token) => current().access.get(token),
    byRefresh: (token) => current().refresh.get(token),
    byId: (id) => current().id.get(id),
    all: () => store.state.tokens,
    add(values) {
      const row = { id: store.state.nextId, ...values }
      store.state.nextId += 1
      store.state.tokens.push(row)
      if (prune(store.state, row.createdAtMs)) index = indexOf(store.state)
      else enter(current(), row)
      return row
    },
    moveRefresh(from, to) {
      to.refreshToken = from.refreshToken
      from.refreshToken = null
      if (to.refreshToken !== null) current().refresh.set(to.refreshToken, to)
    },
  }
}

function indexOf(state: DoorkeeperState): Index {
  const index: Index = { of: state, access: new Map(), refresh: new Map(), id: new Map() }
  for (const row of state.tokens) enter(index, row)
  return index
}

function enter(index: Index, row: TokenRow): void {
  index.access.set(row.accessToken, row)
  if (row.refreshToken !== null) index.refresh.set(row.refreshToken, row)
  index.id.set(row.id, row)
}

/** Drops the oldest dead rows when there are too many; true when it did. */
function prune(state: DoorkeeperState, nowMs: number): boolean {
  if (state.tokens.length <= DEAD_ROWS_MAX) return false
  const dead = state.tokens.filter(
    (row) => row.revokedAtMs !== null || (row.refreshToken === null && row.accessExpiresAtMs <= nowMs),
  )
  if (dead.length <= DEAD_ROWS_MAX) return false
  const gone = new Set(dead.slice(0, DEAD_ROWS_MAX / 4))
  state.tokens = state.tokens.filter((row) => !gone.has(row))
  return true
}
