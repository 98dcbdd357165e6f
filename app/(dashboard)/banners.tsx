import type { ReactNode } from 'react'
import { LiveRefresh } from '@/components/data/live-refresh'
import { RelativeTime } from '@/components/data/timestamp'
import { Callout } from '@/components/ui/callout'
import type { UserActor } from '@/lib/core/actor'
import { providerNames } from '@/lib/core/provider'
import { deps, type InstanceBanners, instanceBanners } from '@/lib/server'
import { HeldBanner } from './held-banner'

/** What concerns the whole installation, over every page while it lasts; it comes and goes without a reload. */
export async function Banners({ actor }: { actor: UserActor }) {
  const readAt = deps().clock.now().getTime()
  const { workersStoppedSince, held, troubles } = await instanceBanners(deps(), actor)
  return (
    <>
      <LiveRefresh topics={['instance', 'app']} />
      <div aria-live="polite" data-read-at={readAt} className="grid gap-3 not-empty:mb-6">
        {workersStoppedSince ? <NotRenewed since={workersStoppedSince} /> : null}
        {held ? <HeldBanner held={held} /> : null}
        {troubles.map((trouble) => (
          <Trouble key={trouble.id} trouble={trouble} />
        ))}
      </div>
    </>
  )
}

function NotRenewed({ since }: { since: Date }) {
  return (
    <Callout
      kind="error"
      title={
        <>
          Tokens are not being renewed <Since at={since} />
        </>
      }
    >
      No process with the role <Code>worker</Code> has shown itself. Start one with <Code>ROLES=worker</Code>,
      or with <Code>ROLES=web,worker</Code>. If one should be running, the last lines of its log say why it is
      not. Tokens that still live are handed out meanwhile.
    </Callout>
  )
}

function Trouble({ trouble }: { trouble: InstanceBanners['troubles'][number] }) {
  const name = providerNames[trouble.provider]
  return (
    <Callout
      kind="warn"
      title={
        <>
          {name} refuses many accounts at once <Since at={trouble.since} />
        </>
      }
    >
      Nothing has to be done. {trouble.refused} accounts were refused by <Code>{trouble.host}</Code> within
      minutes, so the fault is taken to be {name}’s own: no account is asked to reconnect, one is tried every
      half minute, and all go on by themselves once it succeeds.
    </Callout>
  )
}

function Since({ at }: { at: Date }) {
  return (
    <span className="font-normal text-ink-muted">
      since <RelativeTime at={at} />
    </span>
  )
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-sm">{children}</code>
}
