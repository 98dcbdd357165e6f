import type { ArrivalOutcome } from '../installs/arrive-install'
import type { DeliveryEnd } from './delivery'

/** What the webhooks page tells of an arrival. */
export function arrivalEnd(outcome: ArrivalOutcome): DeliveryEnd {
  switch (outcome.kind) {
    case 'settled':
      return { installId: outcome.installId, connectionId: outcome.connectionId }
    case 'unproven':
      return { installId: outcome.installId, failureWords: outcome.failure.words }
    case 'refused_before':
      return { installId: outcome.installId }
    case 'failed':
      return { failureWords: outcome.failure.words }
    case 'busy':
      return {}
  }
}
