import { Bell, Lock, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/data/empty-state'
import { LiveRefresh } from '@/components/data/live-refresh'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { deps, type NotificationsPage, notificationsPage, pageActor } from '@/lib/server'
import { NewestFirstPager } from '../../newest-first-pager'
import { SettingsTabs } from '../settings-tabs'
import { adminReason } from './channel-words'
import { ChannelsTable } from './channels-table'
import { LogFilters } from './log-filters'
import { LogTable } from './log-table'

export const metadata: Metadata = { title: 'Notifications · Settings' }

const path = '/settings/notifications'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Where people are told of what happens, and what was sent to them. */
export default async function Notifications({ searchParams }: Props) {
  const page = await notificationsPage(deps(), await pageActor(), await searchParams)
  const { channels, mayManage } = page
  const mailIsOff = !page.mailReady && channels.some(({ kind }) => kind === 'email')
  return (
    <>
      <PageHeader
        title="Notifications"
        description="Who is told when a connection needs a person or an app breaks, and when it recovers."
        crumbs={[{ href: '/settings', label: 'Settings' }]}
        actions={mayManage && channels.length > 0 ? <AddButton /> : null}
      />
      <SettingsTabs />
      <LiveRefresh topics={['notification']} />
      <div className="grid gap-6">
        {mailIsOff ? (
          <Callout kind="warn" title="Mail cannot be sent.">
            Set SMTP_URL and MAIL_FROM and start Patchbay again. What waits is sent then.
          </Callout>
        ) : null}
        <Card title="Channels" description="E-mail addresses and webhooks that are told." flush>
          {channels.length === 0 ? (
            <NoChannel mayManage={mayManage} />
          ) : (
            <ChannelsTable channels={channels} />
          )}
        </Card>
        {mayManage ? null : (
          <p className="flex items-center gap-2 text-ink-muted">
            <Lock aria-hidden="true" className="size-4" />
            {adminReason}
          </p>
        )}
        <DeliveryLog page={page} />
      </div>
    </>
  )
}

function AddButton() {
  return (
    <ButtonLink href={`${path}/new`} variant="primary" icon={<Plus aria-hidden="true" />}>
      Add a channel
    </ButtonLink>
  )
}

function NoChannel({ mayManage }: { mayManage: boolean }) {
  return (
    <EmptyState icon={<Bell />} title="Nobody is told yet" action={mayManage ? <AddButton /> : null}>
      {mayManage
        ? 'Without a channel, a connection that needs to be reconnected is seen only on these pages. Add an e-mail address or a webhook.'
        : 'A connection that needs to be reconnected is seen only on these pages. An admin can add an e-mail address or a webhook.'}
    </EmptyState>
  )
}

function DeliveryLog({ page }: { page: NotificationsPage }) {
  const { filters, deliveries, newerThan, olderThan } = page
  const filtered = filters.channel !== null || filters.state !== null
  return (
    <section aria-labelledby="log" className="grid gap-4">
      <h2 id="log" className="font-semibold text-lg">
        Delivery log
      </h2>
      {filtered || deliveries.length > 0 ? <LogFilters page={page} anyActive={filtered} /> : null}
      {deliveries.length === 0 ? (
        <Card>
          <NoDelivery filtered={filtered} hasChannels={page.channels.length > 0} />
        </Card>
      ) : (
        <LogTable rows={deliveries} page={page} />
      )}
      <NewestFirstPager path={path} filters={filters} newerThan={newerThan} olderThan={olderThan} />
    </section>
  )
}

function NoDelivery({ filtered, hasChannels }: { filtered: boolean; hasChannels: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        title="No delivery matches these filters"
        action={<ButtonLink href={path}>Clear filters</ButtonLink>}
      />
    )
  }
  return (
    <EmptyState title="Nothing was sent yet">
      {hasChannels
        ? 'Nothing has happened that a channel is told of. Open a channel to send it a test message.'
        : 'What is sent to your channels will be listed here, with each answer.'}
    </EmptyState>
  )
}
