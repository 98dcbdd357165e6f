import { ButtonLink } from '../ui/button'
import { Callout } from '../ui/callout'
import type { ActionState } from './action-state'

/** What went wrong with a form as a whole, read out at once; with the way to sign in again where that is what is missing. */
export function FaultCallout({ state }: { state: ActionState }) {
  if (state.kind !== 'failed') return null
  return (
    <Callout
      kind="error"
      title={state.message}
      announce
      actions={
        state.signInHref ? (
          <ButtonLink size="sm" href={state.signInHref}>
            Sign in
          </ButtonLink>
        ) : null
      }
    />
  )
}
