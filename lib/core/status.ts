import type { ProviderId } from './provider'

export const connectionStatuses = [
  'pending',
  'healthy',
  'retrying',
  'uncertain',
  'needs_reconnect',
  'app_misconfigured',
  'suspended',
  'disconnected',
] as const
export type ConnectionStatus = (typeof connectionStatuses)[number]

export const statusWords: Record<ConnectionStatus, string> = {
  pending: 'Waiting to be accepted',
  healthy: 'Healthy',
  retrying: 'Retrying',
  uncertain: 'Uncertain',
  needs_reconnect: 'Needs reconnect',
  app_misconfigured: 'App misconfigured',
  suspended: 'Suspended',
  disconnected: 'Disconnected',
}

/** Where a connection stands in its life, independent of its tokens. */
export const lifecycles = ['pending', 'live', 'refused', 'disconnected'] as const
export type Lifecycle = (typeof lifecycles)[number]

/** The last failure of a token or probe call, in the provider's redacted words. */
export type Failure = { code: string; words: string; at: Date }

/** Everything the status is derived from; each fact is one column, written where it is learnt. */
export type ConnectionFacts = {
  lifecycle: Lifecycle
  createdAt: Date
  endedAt: Date | null
  suspendedAt: Date | null
  suspendedReason: string | null
  needsReconnectAt: Date | null
  uncertainAt: Date | null
  /** First of the present run of transient failures. */
  retryingSince: Date | null
  /** The provider has refused the grant once; it is believed when it refuses again at or after this. */
  verdictAt: Date | null
  nextAttemptAt: Date | null
  lastSuccessAt: Date | null
  lastFailure: Failure | null
  /** Set while the provider app itself is refused (wrong secret, refused JWT); tried again at `retryAt`. */
  appFault: (Failure & { retryAt: Date | null }) | null
  /** Since when this database holds its rotations, being a copy. */
  heldAt: Date | null
  /** The provider's host refuses many grants at once; one connection is tried at `retryAt`. */
  trouble: { beganAt: Date; retryAt: Date } | null
}

/** The one button that helps. */
export type NextAction =
  | 'accept'
  | 'reconnect'
  | 'check_again'
  | 'refresh_now'
  | 'fix_app'
  | 'connect_again'
  | null

export type StatusView = {
  status: ConnectionStatus
  since: Date
  lastSuccessAt: Date | null
  /** What Patchbay does next by itself, and when. */
  nextStep: string | null
  nextStepAt: Date | null
  failure: Failure | null
  action: NextAction
}

/**
 * Derives the status shown everywhere from the stored facts. The order is the vocabulary's precedence: an ended connection
 * is ended whatever its tokens say; a fault of the app explains every other failure, so it comes before them. What holds
 * rotations back around a connection changes its next step and never its status.
 */
export function deriveStatus(facts: ConnectionFacts): StatusView {
  const { status, since } = standing(facts)
  return {
    status,
    since,
    lastSuccessAt: facts.lastSuccessAt,
    failure: status === 'app_misconfigured' ? facts.appFault : facts.lastFailure,
    ...nextOf(status, facts),
    action: buttonOf(status, facts),
  }
}

function standing(facts: ConnectionFacts): Pick<StatusView, 'status' | 'since'> {
  const { createdAt } = facts
  if (facts.lifecycle === 'disconnected' || facts.lifecycle === 'refused')
    return { status: 'disconnected', since: facts.endedAt ?? createdAt }
  if (facts.lifecycle === 'pending') return { status: 'pending', since: createdAt }
  if (facts.suspendedAt) return { status: 'suspended', since: facts.suspendedAt }
  if (facts.appFault) return { status: 'app_misconfigured', since: facts.appFault.at }
  if (facts.needsReconnectAt) return { status: 'needs_reconnect', since: facts.needsReconnectAt }
  if (facts.uncertainAt) return { status: 'uncertain', since: facts.uncertainAt }
  if (facts.retryingSince) return { status: 'retrying', since: facts.retryingSince }
  return { status: 'healthy', since: facts.lastSuccessAt ?? createdAt }
}

type Next = Pick<StatusView, 'nextStep' | 'nextStepAt'>

const nothing: Next = { nextStep: null, nextStepAt: null }

function nextOf(status: ConnectionStatus, facts: ConnectionFacts): Next {
  if (!automatic.includes(status)) return nothing
  // Nothing renews a healthy connection without a plan: it has a clock ("reconnect by") instead.
  if (status === 'healthy' && !facts.nextAttemptAt) return nothing
  if (facts.heldAt) return { nextStep: 'Wait until a person lets this database go on', nextStepAt: null }
  if (status === 'app_misconfigured')
    return { nextStep: 'Try the app’s credentials again', nextStepAt: facts.appFault?.retryAt ?? null }
  if (facts.trouble && status !== 'suspended')
    return {
      nextStep: 'Wait until the provider stops refusing many at once; one is tried',
      nextStepAt: facts.trouble.retryAt,
    }
  return { nextStep: step(status, facts), nextStepAt: facts.nextAttemptAt }
}

/** Where Patchbay goes on by itself; all others wait for a person. */
const automatic: readonly ConnectionStatus[] = ['healthy', 'retrying', 'suspended', 'app_misconfigured']

function step(status: ConnectionStatus, facts: ConnectionFacts): string {
  if (status === 'suspended') return 'Try again'
  if (status === 'healthy') return 'Renew the token'
  return facts.verdictAt ? 'Ask the provider once more' : 'Renew the token again'
}

const buttons: Record<ConnectionStatus, NextAction> = {
  pending: 'accept',
  healthy: null,
  retrying: 'refresh_now',
  uncertain: 'reconnect',
  needs_reconnect: 'reconnect',
  app_misconfigured: 'fix_app',
  suspended: 'check_again',
  disconnected: 'connect_again',
}

/** A renewal that a held database would refuse is no help; its own button stands in the banner. */
function buttonOf(status: ConnectionStatus, { heldAt }: ConnectionFacts): NextAction {
  const button = buttons[status]
  return heldAt && (button === 'refresh_now' || button === 'check_again') ? null : button
}

/** A status that needs a person before tokens flow again. */
export function needsPerson(status: ConnectionStatus): boolean {
  return ['pending', 'uncertain', 'needs_reconnect', 'app_misconfigured', 'suspended'].includes(status)
}

/** What disconnecting could prove at the provider. */
export type DisconnectReceipt = {
  provider: ProviderId
  revoked: 'confirmed' | 'not_confirmed' | 'no_revoke'
  detail: string
}
