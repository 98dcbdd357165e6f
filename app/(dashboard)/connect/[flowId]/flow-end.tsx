import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { providerNames } from '@/lib/core/provider'
import type { FlowPage } from '@/lib/server'
import { ConnectAgain } from '../connect-again'

type Ended = Extract<FlowPage['state'], { kind: 'denied' | 'failed' | 'expired' | 'abandoned' }>

/** Faults that a new try only repeats until somebody corrects the app. */
const appFaults = new Set(['app_misconfigured', 'provider_app_incomplete', 'secret_unreadable'])

/** How a flow ended, and the next step. */
export function FlowEnd({ flow, state, canConnect }: { flow: FlowPage; state: Ended; canConnect: boolean }) {
  const told = tell(flow, state)
  const fixFirst = state.kind === 'failed' && appFaults.has(state.code)
  return (
    <div className="grid max-w-3xl gap-4">
      <Callout kind={told.kind} title={told.title}>
        {told.words}
      </Callout>
      <div className="flex flex-wrap items-center gap-2">
        {fixFirst ? (
          <ButtonLink href={`/providers/${flow.app.id}`} variant="primary">
            Correct the app
          </ButtonLink>
        ) : null}
        <ConnectAgain
          flow={flow}
          canConnect={canConnect}
          label={flow.reconnect ? 'Reconnect' : 'Try again'}
          variant={fixFirst ? 'secondary' : 'primary'}
        />
        {flow.reconnect ? (
          <ButtonLink href={`/connections/${flow.reconnect.id}`}>Show the connection</ButtonLink>
        ) : (
          <ButtonLink href="/">Back to the overview</ButtonLink>
        )}
      </div>
    </div>
  )
}

function tell(
  flow: FlowPage,
  state: Ended,
): { kind: 'info' | 'warn' | 'error'; title: string; words: string } {
  const provider = providerNames[flow.provider]
  const kept = flow.reconnect ? ` ${flow.reconnect.name} is as it was.` : ''
  switch (state.kind) {
    case 'denied':
      return { kind: 'warn', title: 'Not connected', words: `${state.words}${kept}` }
    case 'failed':
      return { kind: 'error', title: 'It could not be connected', words: `${state.words}${kept}` }
    case 'expired':
      return {
        kind: 'warn',
        title: 'Time ran out',
        words: expiredWords(flow, provider) + kept,
      }
    case 'abandoned':
      return {
        kind: 'info',
        title: 'This was given up',
        words: flow.reconnect
          ? `Nothing of it is kept.${kept} To reconnect it, sign out at ${provider} first, or you come back as the same other account.`
          : 'Nothing of it is kept.',
      }
  }
}

function expiredWords(flow: FlowPage, provider: string): string {
  if (flow.grant === 's2s' || flow.grant === 'plugin_install') {
    return 'No install arrived within 30 minutes. One that arrives now waits to be accepted under Installs.'
  }
  return `The answer of ${provider} did not come within ten minutes, so it would not be taken any more. Nothing was stored.`
}
