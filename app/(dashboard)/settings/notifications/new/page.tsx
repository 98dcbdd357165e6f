import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { hasRole } from '@/lib/core/actor'
import { deps, pageActor } from '@/lib/server'
import { NewChannelForm } from './new-channel-form'

export const metadata: Metadata = { title: 'Add a channel · Notifications' }

/** Another place where people are told. */
export default async function NewChannelPage() {
  const actor = await pageActor()
  return (
    <>
      <PageHeader
        title="Add a channel"
        description="It is told of what happens from now on."
        crumbs={[
          { href: '/settings', label: 'Settings' },
          { href: '/settings/notifications', label: 'Notifications' },
        ]}
      />
      {hasRole(actor, 'admin') ? (
        <Card className="max-w-2xl">
          <NewChannelForm mailReady={deps().config.smtp !== null} />
        </Card>
      ) : (
        <Callout kind="info" title="Adding a channel needs the role admin.">
          Ask an admin of this Patchbay.
        </Callout>
      )}
    </>
  )
}
