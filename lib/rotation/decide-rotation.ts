import type { ErrorCode } from '../core/errors'
import type { GrantKind } from '../core/provider'
import type { Lifecycle } from '../core/status'
import type { TokenPolicy } from '../providers/contract'
import type { RotationCause } from './journal'
import { throttledUntil } from './plan'
import { mints } from './store-pair'

export type RotationFacts = {
  lifecycle: Lifecycle
  grantKind: GrantKind
  suspendedAt: Date | null
  needsReconnectAt: Date | null
  uncertainAt: Date | null
  failureCount: number
  nextAttemptAt: Date | null
  /** The provider has refused the grant once; it is believed when it refuses again at or after this. */
  verdictAt: Date | null
  /** The access token is to be tried before a refresh token is spent (a copy of a database that was let go on). */
  probeFirst: boolean
  /** Since when this database holds its rotations, being a copy. */
  heldAt: Date | null
  /** The provider's host refuses many grants at once; one connection is tried at `retryAt`. */
  trouble: { id: string; retryAt: Date } | null
  accessExpiresAt: Date | null
  hasRefreshToken: boolean
  /** The install that an installed grant mints for. */
  hasInstall: boolean
  /** Start of the newest token call that did mint or may have. */
  lastMintAt: Date | null
}

export type RotationDecision =
  | { kind: 'refresh' }
  | { kind: 'mint' }
  | { kind: 'throttled'; retryAt: Date }
  | { kind: 'not_yet'; retryAt: Date }
  | { kind: 'nothing_to_renew_with' }
  | { kind: 'not_possible'; code: ErrorCode; words: string }

/** Causes that a person stands behind: they pass the back-off, never the provider's own throttle. */
const personal: readonly RotationCause[] = ['refresh_now', 'check_again', 'disconnect']

/** Whether a connection's pair may be renewed now, and how. Pure: the runner reads, asks here, and acts. */
export function decideRotation(
  facts: RotationFacts,
  policy: Pick<TokenPolicy, 'mintIntervalMs'>,
  cause: RotationCause,
  nowMs: number,
): RotationDecision {
  const refusal = whyNot(facts, cause)
  if (refusal) return refusal
  const waits = facts.failureCount > 0 && facts.nextAttemptAt && facts.nextAttemptAt.getTime() > nowMs
  if (waits && facts.nextAttemptAt && !personal.includes(cause)) {
    return { kind: 'not_yet', retryAt: facts.nextAttemptAt }
  }
  const retryAt = throttledUntil(policy, facts.lastMintAt, nowMs)
  if (retryAt) return { kind: 'throttled', retryAt }
  if (facts.hasRefreshToken) return { kind: 'refresh' }
  if (canMint(facts)) return { kind: 'mint' }
  return { kind: 'nothing_to_renew_with' }
}

/** Whether the grant obtains tokens without a refresh token, and has what that takes. */
export function canMint({ grantKind, hasInstall }: Pick<RotationFacts, 'grantKind' | 'hasInstall'>): boolean {
  return mints(grantKind) && (grantKind === 'client_credentials' || hasInstall)
}

function whyNot(facts: RotationFacts, cause: RotationCause): RotationDecision | null {
  if (facts.lifecycle === 'pending') {
    return refuse('connection_pending', 'The connection waits to be accepted; its tokens are not used.')
  }
  if (facts.lifecycle !== 'live') return refuse('connection_ended', 'The connection has ended.')
  if (cause === 'check_again' || cause === 'disconnect') return null
  if (facts.suspendedAt && cause !== 'due') {
    return refuse('connection_suspended', 'The provider has suspended the account.')
  }
  if (facts.needsReconnectAt) {
    return refuse('needs_reconnect', 'The provider has ended the grant: connect the account again.')
  }
  if (facts.uncertainAt) {
    return refuse(
      'connection_uncertain',
      'It is not certain that the grant is alive: connect the account again.',
    )
  }
  return null
}

function refuse(code: ErrorCode, words: string): RotationDecision {
  return { kind: 'not_possible', code, words }
}
