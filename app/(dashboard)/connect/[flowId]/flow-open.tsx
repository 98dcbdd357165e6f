import { buttonStyle } from '@/components/ui/button-style'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import type { FlowPage } from '@/lib/server'
import { DismissFlow } from '../../overview-dismiss'
import { ConnectAgain } from '../connect-again'
import { SentRequest } from '../sent-request'

type Open = Extract<FlowPage['state'], { kind: 'open' | 'waiting_for_sign_in' }>

/** A flow whose browser is still at the provider, or whose person has to sign in here again. */
export function FlowOpen({ flow, state, canConnect }: { flow: FlowPage; state: Open; canConnect: boolean }) {
  const provider = providerNames[flow.provider]
  if (state.kind === 'waiting_for_sign_in') return <GoOn flow={flow} />
  return (
    <div className="grid max-w-3xl gap-6">
      <Callout
        kind={state.late ? 'warn' : 'info'}
        title={state.late ? 'Not finished' : `${provider} has not sent the browser back yet`}
      >
        {state.late
          ? `The browser went to ${provider} and did not come back within two minutes. Either the person is still there, or ${provider} shows its own error page: then one of the values below differs from what is entered there.`
          : `Go on in the tab where ${provider} asks for consent. This page follows by itself.`}
      </Callout>
      <Card title="What was sent" description={`Compare it with the app at ${provider}.`}>
        <SentRequest sent={flow.sent} provider={flow.provider} />
      </Card>
      <div className="flex flex-wrap items-start gap-2">
        <ConnectAgain flow={flow} canConnect={canConnect} label="Start again" />
        {flow.dismissed ? null : <DismissFlow flowId={flow.id} canDismiss={canConnect} label="Give up" />}
      </div>
    </div>
  )
}

function GoOn({ flow }: { flow: FlowPage }) {
  const provider = providerNames[flow.provider]
  const goOn = `/api/callback/${flow.provider}?${new URLSearchParams({ flow: flow.id })}`
  return (
    <div className="grid max-w-3xl gap-4">
      <Callout kind="warn" title={`${provider} has answered, but nobody was signed in here`}>
        {flow.isOwn
          ? 'The answer is kept, sealed, for the rest of the ten minutes. Go on in the browser where you pressed Connect.'
          : `The answer is kept, sealed, for the rest of the ten minutes. Only ${flow.startedBy} can go on, in the same browser.`}
      </Callout>
      {flow.isOwn ? (
        <a href={goOn} className={buttonStyle('primary', 'md', 'w-fit')}>
          Go on
        </a>
      ) : null}
    </div>
  )
}
