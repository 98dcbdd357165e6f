import { ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/data/empty-state'
import { FilterBar, FilterChip } from '@/components/data/filter-chip'
import { LiveRefresh } from '@/components/data/live-refresh'
import { Pager } from '@/components/data/pager'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { type ActivityPage, activityPage, actorKinds, deps, pageActor, subjectKinds } from '@/lib/server'
import { listHref } from '../list-href'
import { AuditEntry } from './audit-entry'

export const metadata: Metadata = { title: 'Activity' }

const path = '/activity'
const actorWords: Record<(typeof actorKinds)[number], string> = {
  key: 'API keys',
  user: 'People',
  provider: 'Providers',
  system: 'Patchbay itself',
  visitor: 'Visitors',
}
const subjectWords: Record<(typeof subjectKinds)[number], string> = {
  connection: 'Connections',
  install: 'Installs',
  provider_app: 'Provider apps',
  flow: 'Presses of Connect',
  user: 'Accounts',
  session: 'Sessions',
  setting: 'Settings',
  notification_channel: 'Notification channels',
  api_key: 'API keys',
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The audit trail. */
export default async function Activity({ searchParams }: Props) {
  const page = await activityPage(deps(), await pageActor(), await searchParams)
  const { filters, entries } = page
  const anyActive = filters.actor !== null || filters.subject !== null
  return (
    <>
      <PageHeader
        title="Activity"
        description="Who did what: people, providers and Patchbay itself. Entries cannot be changed or removed."
      />
      <LiveRefresh topics={['audit', 'connection', 'install', 'app', 'flow']} />
      <div className="grid gap-4">
        <Filters page={page} anyActive={anyActive} />
        <Card flush>
          {entries.length === 0 ? (
            <Empty filtered={anyActive} />
          ) : (
            <ol>
              {entries.map((entry) => (
                <li key={entry.id} className="border-line border-b px-4 py-2.5 last:border-0">
                  <AuditEntry entry={entry} withFacts />
                </li>
              ))}
            </ol>
          )}
        </Card>
        {page.newerThan || page.olderThan ? (
          <Pager
            previousHref={page.newerThan && listHref(path, { ...filters, newer: page.newerThan })}
            nextHref={page.olderThan && listHref(path, { ...filters, older: page.olderThan })}
            summary="Newest first"
          />
        ) : null}
      </div>
    </>
  )
}

function Filters({ page: { filters }, anyActive }: { page: ActivityPage; anyActive: boolean }) {
  return (
    <FilterBar clearAllHref={path} anyActive={anyActive}>
      <FilterChip
        label="Who"
        value={filters.actor && actorWords[filters.actor]}
        clearHref={listHref(path, { ...filters, actor: null })}
        options={actorKinds.map((kind) => ({
          value: kind,
          label: actorWords[kind],
          href: listHref(path, { ...filters, actor: kind }),
          selected: filters.actor === kind,
        }))}
      />
      <FilterChip
        label="What"
        value={filters.subject && subjectWords[filters.subject]}
        clearHref={listHref(path, { ...filters, subject: null })}
        options={subjectKinds.map((kind) => ({
          value: kind,
          label: subjectWords[kind],
          href: listHref(path, { ...filters, subject: kind }),
          selected: filters.subject === kind,
        }))}
      />
    </FilterBar>
  )
}

function Empty({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<ScrollText />}
        title="Nothing matches these filters"
        action={<ButtonLink href={path}>Clear filters</ButtonLink>}
      />
    )
  }
  return (
    <EmptyState
      icon={<ScrollText />}
      title="Nothing has happened yet"
      action={<ButtonLink href="/">Connect an account</ButtonLink>}
    >
      Every connection, renewal by hand, install and change of settings is written down here.
    </EmptyState>
  )
}
