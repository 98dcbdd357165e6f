import { createHash } from 'node:crypto'
import { REFRESH_SCOPE } from './scopes'
import type { EnvoyState, TokenOrigin, TokenPair } from './state'

/** 24 hours: `expires_in` of every Envoy access token (seed 003). */
export const ACCESS_TTL_S = 86_400
/** 30 days: `refresh_token_expires_in` (seed 003). */
export const REFRESH_TTL_S = 2_592_000

/** What minting needs from outside: the sandbox's clock and a source of unguessable text. */
export type Minting = { readonly nowMs: number; readonly randomText: () => string }

/** A pair with its values in the clear, alive only until the answer is written. */
export type IssuedPair = { pair: TokenPair; accessToken: string; refreshToken: string | null }

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function withRefresh(origin: TokenOrigin, scopes: readonly string[]): boolean {
  return origin.kind !== 'webhook' && scopes.includes(REFRESH_SCOPE)
}

function isSpent(pair: TokenPair, nowMs: number): boolean {
  const accessGone = pair.accessRevoked || pair.accessExpiresAtMs <= nowMs
  return accessGone && !canRefresh(pair, nowMs)
}

/**
 * Makes and stores a new pair. A refresh token comes with it only with the scope `token.refresh` (providers.md 2.2), and
 * never for the short-lived token inside a webhook (seed 003).
 */
export function mintPair(
  state: EnvoyState,
  minting: Minting,
  from: { clientId: string; origin: TokenOrigin; scopes: readonly string[]; supersedes?: string },
): IssuedPair {
  const { nowMs, randomText } = minting
  const accessToken = randomText()
  const refreshToken = withRefresh(from.origin, from.scopes) ? randomText() : null
  const pair: TokenPair = {
    id: hashToken(accessToken).slice(0, 12),
    clientId: from.clientId,
    origin: from.origin,
    scopes: [...from.scopes],
    accessHash: hashToken(accessToken),
    accessExpiresAtMs: nowMs + ACCESS_TTL_S * 1000,
    accessRevoked: false,
    refresh:
      refreshToken === null
        ? null
        : { hash: hashToken(refreshToken), expiresAtMs: nowMs + REFRESH_TTL_S * 1000, dead: false },
    supersedes: from.supersedes ?? null,
  }
  state.tokens = [...state.tokens.filter((old) => !isSpent(old, nowMs)), pair]
  return { pair, accessToken, refreshToken }
}

export function findByAccess(state: EnvoyState, accessToken: string): TokenPair | undefined {
  const hash = hashToken(accessToken)
  return state.tokens.find((pair) => pair.accessHash === hash)
}

export function findByRefresh(state: EnvoyState, refreshToken: string): TokenPair | undefined {
  const hash = hashToken(refreshToken)
  return state.tokens.find((pair) => pair.refresh?.hash === hash)
}

export function isAccessLive(pair: TokenPair, nowMs: number): boolean {
  return !pair.accessRevoked && pair.accessExpiresAtMs > nowMs
}

export function canRefresh(pair: TokenPair, nowMs: number): boolean {
  return pair.refresh !== null && !pair.refresh.dead && pair.refresh.expiresAtMs > nowMs
}

function killRefresh(pair: TokenPair): void {
  if (pair.refresh !== null) pair.refresh.dead = true
}

/**
 * Replaces `old` by a new pair of the same grant. The old refresh token dies now, at the new pair's first use, or (grace)
 * at its own end, as the setting says; the old access token always goes on to its own end.
 */
export function rotatePair(state: EnvoyState, minting: Minting, old: TokenPair): IssuedPair {
  const mode = state.settings.rotationMode
  markUsed(state, old)
  if (mode === 'immediate') killRefresh(old)
  return mintPair(state, minting, {
    clientId: old.clientId,
    origin: old.origin,
    scopes: old.scopes,
    ...(mode === 'first_use' ? { supersedes: old.id } : {}),
  })
}

/** To be called when a pair is used, for an API call or a refresh: its predecessor's refresh token dies now. */
export function markUsed(state: EnvoyState, pair: TokenPair): void {
  if (pair.supersedes === null) return
  const predecessor = state.tokens.find((candidate) => candidate.id === pair.supersedes)
  pair.supersedes = null
  if (predecessor !== undefined) killRefresh(predecessor)
}

/** Ends every token of an install, as an uninstall does. */
export function revokeInstallTokens(state: EnvoyState, installId: number): void {
  for (const pair of state.tokens) {
    if ('installId' in pair.origin && pair.origin.installId === installId) revokePair(pair)
  }
}

export function revokePair(pair: TokenPair): void {
  pair.accessRevoked = true
  killRefresh(pair)
}
