import { PackageCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/data/empty-state'
import { FilterBar } from '@/components/data/filter-chip'
import { LiveRefresh } from '@/components/data/live-refresh'
import { SearchField } from '@/components/forms/search-field'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { hasRole } from '@/lib/core/actor'
import { deps, installsPage, pageActor } from '@/lib/server'
import { DisabledButton } from '../disabled-button'
import { AddInstallForm } from './add-install-form'
import { SettledTable, WaitingTable } from './install-tables'

export const metadata: Metadata = { title: 'Installs' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Installs that came without a Connect from here. */
export default async function Installs({ searchParams }: Props) {
  const actor = await pageActor()
  const page = await installsPage(deps(), actor, await searchParams)
  const canDecide = hasRole(actor, 'admin')
  return (
    <>
      <PageHeader
        title="Installs"
        description="Anybody can install a published app. An install that nobody here asked for waits until an admin accepts it; its tokens are neither used nor handed out."
        crumbs={[{ href: '/connections', label: 'Connections' }]}
      />
      <LiveRefresh topics={['install', 'connection']} />
      <div className="grid gap-6">
        <FilterBar clearAllHref="/installs" anyActive={page.q !== ''}>
          <SearchField label="Search installs" value={page.q} />
        </FilterBar>
        <Card flush title="Waiting to be accepted" description={waitingWords(page.waitingTotal)}>
          {page.waiting.length > 0 ? (
            <WaitingTable rows={page.waiting} canDecide={canDecide} />
          ) : (
            <NothingWaits q={page.q} />
          )}
        </Card>
        {page.settled.length > 0 ? (
          <Card flush title="Refused or removed" description="The thirty latest.">
            <SettledTable rows={page.settled} canDecide={canDecide} />
          </Card>
        ) : null}
        <AddCard apps={page.s2sApps} canDecide={canDecide} />
      </div>
    </>
  )
}

function waitingWords(total: number): string {
  if (total === 0) return 'None at the moment.'
  return total === 1 ? 'One install.' : `${total} installs.`
}

function NothingWaits({ q }: { q: string }) {
  if (q !== '') {
    return (
      <EmptyState
        icon={<PackageCheck />}
        title={`No waiting install matches “${q}”`}
        action={<ButtonLink href="/installs">Clear filters</ButtonLink>}
      >
        A reference looks like 7KQ2-XF0M; it was shown to the person who installed the app.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<PackageCheck />}
      title="No install waits"
      action={<ButtonLink href="/">Connect an account</ButtonLink>}
    >
      An install that arrives within 30 minutes of your press of Connect becomes a connection by itself.
    </EmptyState>
  )
}

function AddCard({
  apps,
  canDecide,
}: {
  apps: { id: string; name: string; environment: 'sandbox' | 'development' | 'production' }[]
  canDecide: boolean
}) {
  return (
    <Card
      id="add"
      title="Add an Outreach install by its INSTALL_ID"
      description="For an install that was made before Patchbay knew the app."
    >
      {apps.length === 0 ? (
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-ink-muted">There is no Outreach app with S2S access yet.</p>
          <ButtonLink href="/providers/new" size="sm">
            Add an app
          </ButtonLink>
        </div>
      ) : null}
      {apps.length > 0 && canDecide ? <AddInstallForm apps={apps} /> : null}
      {apps.length > 0 && !canDecide ? (
        <DisabledButton why="Only an admin can add installs.">Add install</DisabledButton>
      ) : null}
    </Card>
  )
}
