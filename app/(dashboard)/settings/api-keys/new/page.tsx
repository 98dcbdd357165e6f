import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { hasRole } from '@/lib/core/actor'
import { providerIds, providerNames } from '@/lib/core/provider'
import { deps, pageActor } from '@/lib/server'
import { NewKeyForm } from './new-key-form'

export const metadata: Metadata = { title: 'Create a key · API keys' }

const dayMs = 24 * 60 * 60 * 1000

/** Another program that gets tokens. */
export default async function NewKeyPage() {
  const actor = await pageActor()
  const tomorrow = new Date(deps().clock.now().getTime() + dayMs).toISOString().slice(0, 10)
  return (
    <>
      <PageHeader
        title="Create a key"
        description="One for each program, so that each can be revoked by itself."
        crumbs={[
          { href: '/settings', label: 'Settings' },
          { href: '/settings/api-keys', label: 'API keys' },
        ]}
      />
      {hasRole(actor, 'admin') ? (
        <Card className="max-w-2xl">
          <NewKeyForm
            providers={providerIds.map((id) => ({ id, name: providerNames[id] }))}
            firstDay={tomorrow}
          />
        </Card>
      ) : (
        <Callout kind="info" title="Creating a key needs the role admin.">
          Ask an admin of this Patchbay.
        </Callout>
      )}
    </>
  )
}
