import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { oncePerRequest } from '@/app/once-per-request'
import { CopyId } from '@/components/data/copy-field'
import { LiveRefresh } from '@/components/data/live-refresh'
import { RelativeTime } from '@/components/data/timestamp'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { channelPage } from '@/lib/server'
import { adminReason, channelKindWords } from '../channel-words'
import { ChannelState } from '../delivery-state'
import { ChangeChannelForm } from './change-channel-form'
import { PauseChannel, RemoveChannel, SendTest } from './channel-buttons'
import { ChannelFacts } from './channel-facts'
import { SecretCard } from './secret-card'

type Params = Promise<{ channelId: string }>

const readChannel = oncePerRequest(channelPage)

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const channel = await readChannel((await params).channelId)
  return { title: `${channel.name} · Notifications` }
}

/** One channel: what it is told, its secret, a test, and its end. */
export default async function ChannelRoute({ params }: { params: Params }) {
  const channel = await readChannel((await params).channelId)
  const { id, kind, name, mayManage, pausedAt } = channel
  return (
    <>
      <LiveRefresh topics={['notification']} />
      <PageHeader
        title={name}
        crumbs={[
          { href: '/settings', label: 'Settings' },
          { href: '/settings/notifications', label: 'Notifications' },
        ]}
        meta={
          <>
            <ChannelState paused={pausedAt !== null} />
            <Badge>{channelKindWords[kind]}</Badge>
            <CopyId value={id} label="channel id" />
          </>
        }
        actions={<PauseChannel channel={channel} />}
      />
      <div className="grid max-w-3xl gap-6">
        {pausedAt ? (
          <Callout kind="warn" title="This channel is paused: it is told of nothing.">
            {channel.pausedReason} Since <RelativeTime at={pausedAt} />. What happens meanwhile is not sent
            later.
          </Callout>
        ) : null}
        {kind === 'email' && !channel.mailReady ? (
          <Callout kind="warn" title="Mail cannot be sent.">
            Set SMTP_URL and MAIL_FROM and start Patchbay again. What waits is sent then.
          </Callout>
        ) : null}
        {mayManage ? null : (
          <p className="flex items-center gap-2 text-ink-muted">
            <Lock aria-hidden="true" className="size-4" />
            {adminReason}
          </p>
        )}
        <Card
          title="Last message"
          actions={
            <ButtonLink href={`/settings/notifications?channel=${id}`} size="sm">
              Delivery log
            </ButtonLink>
          }
        >
          <div className="grid gap-4">
            <ChannelFacts channel={channel} />
            <SendTest channel={channel} />
          </div>
        </Card>
        {mayManage ? (
          <Card title="Who is told of what">
            <ChangeChannelForm channel={channel} />
          </Card>
        ) : null}
        {kind === 'webhook' ? <SecretCard channel={channel} /> : null}
        {mayManage ? <RemoveChannel channel={channel} /> : null}
      </div>
    </>
  )
}
