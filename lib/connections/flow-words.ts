import type { ErrorCode } from '../core/errors'
import { type ProviderId, providerNames } from '../core/provider'
import type { TokenOutcome } from '../providers/contract'

export type FlowFailure = { code: ErrorCode; words: string }

/** Why a callback was turned away before it touched a flow. */
export type RefusalCode =
  | 'state_unknown'
  | 'state_expired'
  | 'state_used'
  | 'state_foreign'
  | 'state_other_person'
  | 'forbidden'
  | 'invalid_input'

const refusals: Record<RefusalCode, string> = {
  state_unknown: 'This answer belongs to no connection that was started here. Nothing was changed.',
  state_expired:
    'More than ten minutes passed since Connect was pressed. Nothing was stored: press Connect again.',
  state_used: 'This answer was used already. A reload or the Back button does that; nothing was changed.',
  state_foreign:
    'This connection was started in another browser. Finish it there, or press Connect again in this one.',
  state_other_person:
    'Somebody else started this connection. Sign in as that person, or press Connect yourself.',
  forbidden: 'Only an admin can connect accounts.',
  invalid_input: 'The provider answered in a form that cannot be read. Press Connect again.',
}

export function refusalWords(code: RefusalCode): string {
  return refusals[code]
}

/** How a flow ends that the provider sent back with an error (RFC 6749, 4.1.2.1). */
export function deniedWords(provider: ProviderId, error: string, words: string | null): FlowFailure {
  const name = providerNames[provider]
  if (error === 'access_denied') {
    return { code: 'consent_denied', words: `Access was not granted at ${name}. Nothing was stored.` }
  }
  const told = words ? `${error}: ${words}` : error
  return { code: 'provider_refused', words: `${name} ended the request: ${told}` }
}

/** How a flow ends whose code was not exchanged. A code is spent once, so every one of these asks for a new Connect. */
export function exchangeWords(
  provider: ProviderId,
  outcome: Exclude<TokenOutcome, { kind: 'renewed' }>,
): FlowFailure {
  const name = providerNames[provider]
  switch (outcome.kind) {
    case 'app_fault':
      return {
        code: 'app_misconfigured',
        words: `${name} refused the provider app's own credentials: ${outcome.words}`,
      }
    case 'terminal':
      return { code: 'provider_refused', words: `${name} refused the code: ${outcome.words}` }
    case 'suspended':
      return { code: 'connection_suspended', words: `${name} has suspended this account: ${outcome.words}` }
    case 'transient':
      return {
        code: 'provider_unreachable',
        words: `${name} did not give a usable answer: ${outcome.words}. A code can be sent only once: press Connect again.`,
      }
  }
}

export const interrupted: FlowFailure = {
  code: 'provider_unreachable',
  words: 'Patchbay was stopped while it exchanged the code. Press Connect again.',
}
