import { Plus, Unplug } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/data/empty-state'
import { LiveRefresh } from '@/components/data/live-refresh'
import { ProviderMark } from '@/components/data/provider-mark'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import { deps, pageActor, providersPage } from '@/lib/server'
import { AppTable } from './app-table'

export const metadata: Metadata = { title: 'Providers' }

/** The provider apps by provider: what connections are made with. */
export default async function ProvidersPage() {
  const { groups, mayEdit } = await providersPage(deps(), await pageActor())
  return (
    <>
      <LiveRefresh topics={['app', 'connection']} />
      <PageHeader
        title="Providers"
        description="The apps registered at Outreach, Envoy and Outstand that connections are made with: their credentials, scopes and URLs."
        actions={
          mayEdit ? (
            <ButtonLink href="/providers/new" variant="primary" icon={<Plus aria-hidden="true" />}>
              Add app
            </ButtonLink>
          ) : (
            <span className="text-ink-muted text-sm">Adding an app needs the role admin.</span>
          )
        }
      />
      <div className="grid gap-6">
        {groups.map(({ provider, apps }) => (
          <Card
            key={provider}
            flush
            title={
              <span className="flex items-center gap-2.5">
                <ProviderMark provider={provider} bare />
                {providerNames[provider]}
              </span>
            }
            actions={
              mayEdit && apps.length > 0 ? (
                <ButtonLink
                  href={`/providers/new?provider=${provider}`}
                  size="sm"
                  icon={<Plus aria-hidden="true" />}
                >
                  Add app
                </ButtonLink>
              ) : null
            }
          >
            {apps.length > 0 ? (
              <AppTable provider={provider} apps={apps} />
            ) : (
              <EmptyState
                icon={<Unplug />}
                title={`No app at ${providerNames[provider]} yet`}
                action={
                  mayEdit ? (
                    <ButtonLink
                      href={`/providers/new?provider=${provider}`}
                      icon={<Plus aria-hidden="true" />}
                    >
                      Add app
                    </ButtonLink>
                  ) : null
                }
              >
                Register one there, then enter its credentials here. A draft shows the URLs to register it
                with.
              </EmptyState>
            )}
          </Card>
        ))}
      </div>
    </>
  )
}
