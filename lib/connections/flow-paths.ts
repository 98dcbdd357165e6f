import type { ProviderId } from '../core/provider'
import type { FinishOutcome } from './finish-connect'
import type { StartOutcome } from './start-connect'

/** The page that says why something was turned away before it touched a flow. */
export function refusedPath(code: string): string {
  return `/connect/refused?${new URLSearchParams({ why: code })}`
}

/** Sign-in that comes back to `next`. */
export function signInPath(next: string): string {
  return `/sign-in?${new URLSearchParams({ next })}`
}

/** Where the browser goes when a flow has come back: a page without anything of the callback's query. */
export function finishPath(provider: ProviderId, outcome: FinishOutcome): string {
  switch (outcome.kind) {
    case 'connected':
      return `/connections/${outcome.connectionId}`
    case 'sign_in':
      return signInPath(`/api/callback/${provider}?flow=${outcome.flowId}`)
    case 'other_account':
    case 'ended':
      return `/connect/${outcome.flowId}`
    case 'refused':
      return refusedPath(outcome.code)
  }
}

/** Where the browser goes after a press of Connect. */
export function startLocation(outcome: StartOutcome): string {
  switch (outcome.kind) {
    case 'redirect':
      return outcome.url.href
    case 'wait':
      return outcome.installUrl?.href ?? `/connect/${outcome.flowId}`
    case 'connected':
      return `/connections/${outcome.connectionId}`
    case 'other_account':
    case 'ended':
      return `/connect/${outcome.flowId}`
  }
}
