import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { oncePerRequest } from '@/app/once-per-request'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { LiveRefresh } from '@/components/data/live-refresh'
import { ProviderMark } from '@/components/data/provider-mark'
import { Timestamp } from '@/components/data/timestamp'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { hasRole } from '@/lib/core/actor'
import { providerNames } from '@/lib/core/provider'
import { deps, type FlowPage, flowPage, pageActor } from '@/lib/server'
import { RefreshAt } from '../../refresh-at'
import { FlowEnd } from './flow-end'
import { FlowOpen } from './flow-open'
import { OtherAccount } from './other-account'
import { WaitingInstall } from './waiting-install'

type Props = { params: Promise<{ flowId: string }> }

const readFlow = oncePerRequest(flowPage)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const flow = await readFlow((await params).flowId)
  return { title: `${titleOf(flow)} · Connect`, referrer: 'no-referrer' }
}

/** How one press of Connect stands. */
export default async function Flow({ params }: Props) {
  const actor = await pageActor()
  const flow = await readFlow((await params).flowId)
  if (flow.state.kind === 'connected') redirect(`/connections/${flow.state.connectionId}`)
  return (
    <>
      <PageHeader
        title={titleOf(flow)}
        crumbs={[{ href: '/connections', label: 'Connections' }]}
        before={<ProviderMark provider={flow.provider} size="lg" bare />}
        meta={
          <>
            <EnvironmentTag environment={flow.app.environment} />
            {flow.app.isSandbox && flow.app.environment !== 'sandbox' ? (
              <Badge tone="info">Sandbox</Badge>
            ) : null}
            <span className="text-ink-muted">
              <Link href={`/providers/${flow.app.id}`} className="underline-offset-4 hover:underline">
                {flow.app.name}
              </Link>
              , pressed by {flow.startedBy} <Timestamp at={flow.startedAt} />
            </span>
          </>
        }
      />
      <Live flow={flow} nowMs={deps().clock.now().getTime()} />
      <State flow={flow} isAdmin={hasRole(actor, 'admin')} />
    </>
  )
}

/** An install is announced by its own topics; a flow that only waits changes by time as well. */
function Live({ flow, nowMs }: { flow: FlowPage; nowMs: number }) {
  const lateAt = new Date(flow.startedAt.getTime() + 2 * 60_000)
  const next = flow.state.kind === 'open' && !flow.state.late ? lateAt : flow.expiresAt
  return (
    <>
      {flow.state.kind === 'waiting_install' ? (
        <LiveRefresh topics={['flow', 'connection', 'install']} />
      ) : (
        <LiveRefresh topics={['flow']} ids={[flow.id]} />
      )}
      {next.getTime() > nowMs ? <RefreshAt at={next} nowMs={nowMs} /> : null}
    </>
  )
}

function State({ flow, isAdmin }: { flow: FlowPage; isAdmin: boolean }) {
  const { state } = flow
  switch (state.kind) {
    case 'connected':
      return null
    case 'waiting_install':
      return <WaitingInstall flow={flow} state={state} canDecide={isAdmin} />
    case 'open':
    case 'waiting_for_sign_in':
      return <FlowOpen flow={flow} state={state} canConnect={isAdmin} />
    case 'other_account':
      return <OtherAccount flow={flow} state={state} canDecide={isAdmin} />
    case 'denied':
    case 'failed':
    case 'expired':
    case 'abandoned':
      return <FlowEnd flow={flow} state={state} canConnect={isAdmin} />
  }
}

function titleOf({ state, provider, reconnect }: FlowPage): string {
  const what = reconnect ? `Reconnect ${reconnect.name}` : `Connect ${providerNames[provider]}`
  return state.kind === 'other_account' ? 'Another account came back' : what
}
