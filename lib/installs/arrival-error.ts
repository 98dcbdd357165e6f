import { type ErrorCode, PatchbayError } from '../core/errors'
import { type ProviderId, providerNames } from '../core/provider'
import type { ArrivalFailure, ArrivalOutcome } from './arrive-install'

const codes: Record<ArrivalFailure['outcome'], ErrorCode> = {
  transient: 'provider_unreachable',
  terminal: 'provider_refused',
  app_fault: 'app_misconfigured',
  suspended: 'connection_suspended',
  other_account: 'provider_answer_invalid',
}

/** What an admin is told when the install he accepts or adds brings no tokens. */
export function arrivalError(
  provider: ProviderId,
  outcome: Exclude<ArrivalOutcome, { kind: 'settled' }>,
): PatchbayError {
  const name = providerNames[provider]
  switch (outcome.kind) {
    case 'busy':
      return new PatchbayError(
        'conflict',
        'This install is just arriving by another way. Look again in a moment.',
      )
    case 'refused_before':
      return new PatchbayError('conflict', 'This install has been refused before.')
    case 'unproven':
    case 'failed': {
      const { failure } = outcome
      return new PatchbayError(
        codes[failure.outcome],
        `${lead(name, failure.outcome)} ${failure.words}`.trim(),
        {
          status: failure.status,
          providerCode: failure.code,
        },
      )
    }
  }
}

function lead(name: string, outcome: ArrivalFailure['outcome']): string {
  switch (outcome) {
    case 'transient':
      return `${name} could not be asked for tokens just now; nothing was changed. Try again in a minute.`
    case 'terminal':
      return `${name} gives no tokens for this install. Check its id, and that the app is still installed there.`
    case 'app_fault':
      return `${name} refuses the credentials of this app. Check them on the app's page.`
    case 'suspended':
      return `${name} has locked or deleted this organisation; its tokens come back when it is unlocked.`
    case 'other_account':
      return `${name} contradicts itself about this install, so nothing was stored.`
  }
}
