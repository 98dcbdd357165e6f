import type { ErrorCode } from '../core/errors'
import type { GrantKind } from '../core/provider'
import type { Lifecycle } from '../core/status'
import type { TokenPolicy } from '../providers/contract'
import type { RotationCause } from './journal'
import { isPersonal } from './judge-refusal'
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
  /** The provider refuses the app's credentials; one connection tries them at `retryAt`. */
  appFault: { retryAt: Date | null } | null
  accessExpiresAt: Date | null
  hasRefreshToken: boolean
  /** The install that an installed grant mints for. */
  hasInstall: boolean
  /** Start of the newest token call that did mint or may have. */
  lastMintAt: Date | null
}

/** How a pair is renewed: by spending its refresh token, or by a grant that needs none. */
export type RotationMethod = { kind: 'refresh' } | { kind: 'mint' }

/** Not now, for a reason that lies around the connection; no call is made. */
export type PutOff = { kind: 'put_off'; retryAt: Date; code: ErrorCode; words: string }

/** The one of many that is let through, if it is the first to ask; `seen` is the instant that it claims. */
export type Probe = {
  kind: 'probe'
  of: 'app' | 'trouble'
  seen: Date | null
  method: RotationMethod
  instead: RotationMethod | PutOff
}

export type RotationDecision =
  | RotationMethod
  | Probe
  | PutOff
  | { kind: 'throttled'; retryAt: Date }
  | { kind: 'nothing_to_renew_with' }
  | { kind: 'not_possible'; code: ErrorCode; words: string }

/** An access token that is good for this long lets its renewal wait for a provider in trouble. */
const canWaitMs = 5 * 60_000

/** What is put off is looked at again after this; the end of the trouble plans it sooner. */
export const putOffMs = 10 * 60_000

/** Whether a connection's pair may be renewed now, and how. Pure: the runner reads, asks here, and acts. */
export function decideRotation(
  facts: RotationFacts,
  policy: Pick<TokenPolicy, 'mintIntervalMs'>,
  cause: RotationCause,
  nowMs: number,
): RotationDecision {
  const refusal = whyNot(facts, cause)
  if (refusal) return refusal
  if (facts.heldAt) return held(nowMs)
  if (!isPersonal(cause)) {
    const wait = backOff(facts, nowMs)
    if (wait) return wait
  }
  const retryAt = throttledUntil(policy, facts.lastMintAt, nowMs)
  if (retryAt) return { kind: 'throttled', retryAt }
  const method = methodOf(facts)
  if (!method) return { kind: 'nothing_to_renew_with' }
  return isPersonal(cause) ? method : besideFaults(facts, method, nowMs)
}

function methodOf(facts: RotationFacts): RotationMethod | null {
  if (facts.hasRefreshToken) return { kind: 'refresh' }
  return canMint(facts) ? { kind: 'mint' } : null
}

/** Whether the grant obtains tokens without a refresh token, and has what that takes. */
export function canMint({ grantKind, hasInstall }: Pick<RotationFacts, 'grantKind' | 'hasInstall'>): boolean {
  return mints(grantKind) && (grantKind === 'client_credentials' || hasInstall)
}

function backOff(facts: RotationFacts, nowMs: number): RotationDecision | null {
  const { failureCount, nextAttemptAt } = facts
  if (failureCount === 0 || !nextAttemptAt || nextAttemptAt.getTime() <= nowMs) return null
  const putOff = { kind: 'put_off', retryAt: nextAttemptAt } as const
  return facts.verdictAt
    ? {
        ...putOff,
        code: 'provider_refused',
        words: 'The provider refused the grant; it is asked once more before that is believed.',
      }
    : {
        ...putOff,
        code: 'provider_unreachable',
        words: 'The last renewal failed; the next one is tried at its time.',
      }
}

function held(nowMs: number): PutOff {
  return {
    kind: 'put_off',
    retryAt: new Date(nowMs + putOffMs),
    code: 'rotations_held',
    words: 'This database seems to be a copy: no token is renewed until a person lets it go on.',
  }
}

/**
 * A wrong secret fails for every connection, so only the probe is tried. A provider in trouble may still answer some, so
 * what cannot wait is tried too.
 */
function besideFaults(facts: RotationFacts, method: RotationMethod, nowMs: number): RotationDecision {
  const { appFault, trouble, accessExpiresAt } = facts
  const retryAt = new Date(nowMs + putOffMs)
  if (appFault) {
    const words = 'The provider refuses the credentials of the provider app.'
    const wait: PutOff = { kind: 'put_off', retryAt, code: 'app_misconfigured', words }
    if (appFault.retryAt && appFault.retryAt.getTime() > nowMs) return wait
    return { kind: 'probe', of: 'app', seen: appFault.retryAt, method, instead: wait }
  }
  if (!trouble) return method
  const leftMs = accessExpiresAt ? accessExpiresAt.getTime() - nowMs : Number.POSITIVE_INFINITY
  const instead = leftMs < canWaitMs ? method : waitForProvider(nowMs, leftMs)
  if (trouble.retryAt.getTime() > nowMs) return instead
  return { kind: 'probe', of: 'trouble', seen: trouble.retryAt, method, instead }
}

function waitForProvider(nowMs: number, leftMs: number): PutOff {
  return {
    kind: 'put_off',
    retryAt: new Date(nowMs + Math.min(putOffMs, Math.max(leftMs - canWaitMs, 30_000))),
    code: 'provider_refused',
    words: 'The provider refuses many grants at once; what can wait is put off until it has recovered.',
  }
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
