import { ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import { ChoiceChip } from '@/components/data/choice-chip'
import { EmptyState } from '@/components/data/empty-state'
import { FilterBar } from '@/components/data/filter-chip'
import { LiveRefresh } from '@/components/data/live-refresh'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { type ActivityPage, activityPage, actorKinds, deps, pageActor, subjectKinds } from '@/lib/server'
import { listHref } from '../list-href'
import { NewestFirstPager } from '../newest-first-pager'
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
        <NewestFirstPager
          path={path}
          filters={filters}
          newerThan={page.newerThan}
          olderThan={page.olderThan}
        />
      </div>
    </>
  )
}

function Filters({ page: { filters }, anyActive }: { page: ActivityPage; anyActive: boolean }) {
  return (
    <FilterBar clearAllHref={path} anyActive={anyActive}>
      <ChoiceChip
        label="Who"
        values={actorKinds}
        words={actorWords}
        chosen={filters.actor}
        href={(actor) => listHref(path, { ...filters, actor })}
      />
      <ChoiceChip
        label="What"
        values={subjectKinds}
        words={subjectWords}
        chosen={filters.subject}
        href={(subject) => listHref(path, { ...filters, subject })}
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
