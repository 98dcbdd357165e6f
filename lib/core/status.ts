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
  nextAttemptAt: Date | null
  lastSuccessAt: Date | null
  lastFailure: Failure | null
  /** Set while the provider app itself is refused (wrong secret, refused JWT). */
  appFaultAt: Date | null
  appFault: string | null
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
 * is ended whatever its tokens say; a fault of the app explains every other failure, so it comes before them.
 */
export function deriveStatus(facts: ConnectionFacts): StatusView {
  const shared = { lastSuccessAt: facts.lastSuccessAt, failure: facts.lastFailure }
  const waiting = { nextStep: null, nextStepAt: null }
  if (facts.lifecycle === 'disconnected' || facts.lifecycle === 'refused') {
    return {
      status: 'disconnected',
      since: facts.endedAt ?? facts.createdAt,
      ...shared,
      ...waiting,
      action: 'connect_again',
    }
  }
  if (facts.lifecycle === 'pending') {
    return { status: 'pending', since: facts.createdAt, ...shared, ...waiting, action: 'accept' }
  }
  if (facts.suspendedAt) {
    return {
      status: 'suspended',
      since: facts.suspendedAt,
      ...shared,
      nextStep: 'Try again',
      nextStepAt: facts.nextAttemptAt,
      action: 'check_again',
    }
  }
  if (facts.appFaultAt) {
    return { status: 'app_misconfigured', since: facts.appFaultAt, ...shared, ...waiting, action: 'fix_app' }
  }
  if (facts.needsReconnectAt) {
    return {
      status: 'needs_reconnect',
      since: facts.needsReconnectAt,
      ...shared,
      ...waiting,
      action: 'reconnect',
    }
  }
  if (facts.uncertainAt) {
    return { status: 'uncertain', since: facts.uncertainAt, ...shared, ...waiting, action: 'reconnect' }
  }
  if (facts.retryingSince) {
    return {
      status: 'retrying',
      since: facts.retryingSince,
      ...shared,
      nextStep: 'Renew the token again',
      nextStepAt: facts.nextAttemptAt,
      action: 'refresh_now',
    }
  }
  return {
    status: 'healthy',
    since: facts.lastSuccessAt ?? facts.createdAt,
    ...shared,
    nextStep: facts.nextAttemptAt ? 'Renew the token' : null,
    nextStepAt: facts.nextAttemptAt,
    action: null,
  }
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
