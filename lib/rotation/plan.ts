import type { TokenPolicy } from '../providers/contract'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Longest wait between two tries of a failing connection; with the first waits it stays below thirty calls a day. */
const backOffMaxMs = hourMs
const backOffFirstMs = minuteMs
/** What a provider gives a token of seconds for cannot be asked for every few seconds. */
const soonestMs = minuteMs
/** A suspended connection (locked or deleted org) is tried this often. */
const suspendedEveryMs = 6 * hourMs

export type PairClocks = {
  obtainedAt: Date
  accessExpiresAt: Date | null
  refreshExpiresAt: Date | null
  /** Whether anything can renew it: a refresh token, or a grant that mints. */
  renewable: boolean
  /** When the connection's token was last asked for. */
  lastUsedAt: Date | null
}

/** Instants from the token answer, or from the provider's policy where the answer does not tell. */
export function pairExpiry(
  policy: Pick<TokenPolicy, 'accessTtlMs' | 'refreshTtlMs'>,
  told: { accessExpiresAt: Date | null; refreshExpiresAt: Date | null },
  nowMs: number,
): { accessExpiresAt: Date; refreshExpiresAt: Date | null } {
  return {
    accessExpiresAt: told.accessExpiresAt ?? after(nowMs, policy.accessTtlMs),
    refreshExpiresAt:
      told.refreshExpiresAt ?? (policy.refreshTtlMs === null ? null : after(nowMs, policy.refreshTtlMs)),
  }
}

/** Whether the access token has to be renewed to be good for another `minTtlMs`. */
export function isDue(pair: Pick<PairClocks, 'accessExpiresAt'>, minTtlMs: number, nowMs: number): boolean {
  return pair.accessExpiresAt !== null && pair.accessExpiresAt.getTime() - nowMs < minTtlMs
}

/**
 * When to renew a pair, by margins before its ends, and never later than the refresh token lives. A provider with a keep-alive
 * is renewed by that clock, since its caps forbid one mint per access token; before the access token ends as well only where
 * somebody uses it, so that readers need not wait. Tokens that live shorter than the margin are renewed at half their life,
 * and never within a minute.
 *
 * @param jitter between 0 and 1: how much of a tenth of the margin to go earlier, so that connections of one hour spread
 * @returns `null` when nothing can renew it
 */
export function nextRotationAt(
  policy: Pick<TokenPolicy, 'marginMs' | 'keepAliveMs'>,
  pair: PairClocks,
  jitter: number,
): Date | null {
  if (!pair.renewable) return null
  const early = policy.marginMs * (1 + jitter / 10)
  const bornMs = pair.obtainedAt.getTime()
  const ends = [
    policy.keepAliveMs === null || isInUse(pair) ? pair.accessExpiresAt?.getTime() : undefined,
    policy.keepAliveMs === null ? undefined : bornMs + policy.keepAliveMs,
    pair.refreshExpiresAt?.getTime(),
  ].filter((endMs) => endMs !== undefined)
  if (ends.length === 0) return null
  const first = Math.min(...ends)
  return new Date(Math.max(bornMs + soonestMs, first - early, (bornMs + first) / 2))
}

/** Whether somebody has asked for the token within the life of one: then the next one is wanted as well. */
function isInUse({ obtainedAt, accessExpiresAt, lastUsedAt }: PairClocks): boolean {
  if (!lastUsedAt || !accessExpiresAt) return false
  const lifeMs = accessExpiresAt.getTime() - obtainedAt.getTime()
  return obtainedAt.getTime() - lastUsedAt.getTime() < lifeMs
}

/**
 * When the provider allows the next mint of this user and app.
 *
 * @param lastMintAt start of the newest call that did or may have minted
 * @returns `null` when it is allowed now
 */
export function throttledUntil(
  policy: Pick<TokenPolicy, 'mintIntervalMs'>,
  lastMintAt: Date | null,
  nowMs: number,
): Date | null {
  if (policy.mintIntervalMs === null || lastMintAt === null) return null
  const allowedMs = lastMintAt.getTime() + policy.mintIntervalMs
  return allowedMs > nowMs ? new Date(allowedMs) : null
}

/**
 * Back-off of a failing connection: 1, 2, 4 … minutes up to an hour, never sooner than the provider's Retry-After.
 *
 * @param failureCount failures in a row, this one included (1 or more)
 * @param jitter between 0 and 1: how much of a fifth to go later, so that what failed together does not come back together
 */
export function nextTryAt(
  failureCount: number,
  retryAfterMs: number | null,
  nowMs: number,
  jitter = 0,
): Date {
  const doubledMs = Math.min(backOffMaxMs, backOffFirstMs * 2 ** Math.min(failureCount - 1, 10))
  const backOffMs = doubledMs * (1 + jitter / 5)
  return after(nowMs, Math.max(backOffMs, Math.min(retryAfterMs ?? 0, 24 * hourMs)))
}

export function nextSuspendedTryAt(nowMs: number): Date {
  return after(nowMs, suspendedEveryMs)
}

function after(nowMs: number, spanMs: number): Date {
  return new Date(nowMs + spanMs)
}
