import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/data/live-refresh'
import { PageHeader } from '@/components/shell/page-header'
import { hasRole } from '@/lib/core/actor'
import { deps, overviewPage, pageActor } from '@/lib/server'
import { AttentionCard } from './overview-attention'
import { ComingUpCard } from './overview-coming-up'
import { Figures } from './overview-figures'
import { FirstUse } from './overview-first-use'
import { LatelyCard } from './overview-lately'
import { ProviderCard } from './overview-provider-card'
import { WaitingCard } from './overview-waiting'
import { RefreshAt } from './refresh-at'

export const metadata: Metadata = { title: 'Overview' }

/** How everything stands, readable in five seconds. */
export default async function Overview() {
  const actor = await pageActor()
  const page = await overviewPage(deps(), actor)
  const { waiting } = page
  const isAdmin = hasRole(actor, 'admin')
  return (
    <>
      <PageHeader
        title="Overview"
        description={page.sandboxOn ? sandboxWords : 'Every connected account, and what it needs.'}
      />
      <LiveRefresh topics={['connection', 'install', 'app', 'flow', 'audit']} />
      {waiting.nextLateAt ? <RefreshAt at={waiting.nextLateAt} nowMs={deps().clock.now().getTime()} /> : null}
      <div className="grid gap-6">
        <FirstUse firstUse={page.firstUse} sandboxOn={page.sandboxOn} isAdmin={isAdmin} />
        {page.firstUse === 'done' ? <Figures figures={page.figures} /> : null}
        <div className="grid items-stretch gap-4 md:grid-cols-2 xl:grid-cols-3">
          {page.providers.map((card) => (
            <ProviderCard key={card.provider} card={card} isAdmin={isAdmin} />
          ))}
        </div>
        <WaitingCard waiting={waiting} isAdmin={isAdmin} />
        {page.firstUse === 'done' ? (
          <div className="grid items-start gap-6 xl:grid-cols-[3fr_2fr]">
            <AttentionCard attention={page.attention} isAdmin={isAdmin} />
            <ComingUpCard comingUp={page.comingUp} />
          </div>
        ) : null}
        <LatelyCard entries={page.lately} />
      </div>
    </>
  )
}

const sandboxWords =
  'The sandbox is on: apps marked “Sandbox” belong to made-up providers on this computer, with no real company behind them.'
