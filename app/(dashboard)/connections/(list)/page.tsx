import { Cable, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/data/empty-state'
import { LiveRefresh } from '@/components/data/live-refresh'
import { Pager } from '@/components/data/pager'
import { groupDigits } from '@/components/data/rate-reading'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { hasRole } from '@/lib/core/actor'
import {
  type ConnectionCount,
  connectionsPage,
  countConnections,
  deps,
  pageActor,
  searchConnections,
} from '@/lib/server'
import { ConnectionFilters } from './connection-filters'
import { ConnectionsTable } from './connections-table'
import { type ConnectionsSearch, connectionsHref, isFiltered, parseSearch } from './search-params'

export const metadata: Metadata = { title: 'Connections' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ConnectionsPage({ searchParams }: Props) {
  const actor = await pageActor()
  const search = parseSearch(await searchParams)
  const found = await searchConnections(deps(), actor, search)
  const [page, { counts, any }] = await Promise.all([
    connectionsPage(deps(), actor, search, found),
    countConnections(deps(), actor, search.search, found),
  ])
  return (
    <>
      <PageHeader
        title="Connections"
        description="The accounts whose tokens Patchbay keeps alive."
        actions={
          <ButtonLink href="/" variant={any ? 'secondary' : 'primary'}>
            Connect an account
          </ButtonLink>
        }
      />
      <LiveRefresh topics={['connection', 'install', 'app']} />
      {any ? (
        <div className="grid gap-4">
          <ConnectionFilters search={search} counts={counts} />
          {page.rows.length > 0 ? (
            <>
              <ConnectionsTable rows={page.rows} search={search} canAct={hasRole(actor, 'admin')} />
              <Pager
                label="Pages of connections"
                previousHref={page.previous && connectionsHref(search, { before: page.previous })}
                nextHref={page.next && connectionsHref(search, { after: page.next })}
                summary={summary(page.rows.length, countOf(counts, search))}
              />
            </>
          ) : (
            <NothingFound search={search} />
          )}
        </div>
      ) : (
        <Card>
          <EmptyState
            icon={<Cable />}
            title="No account is connected yet"
            action={
              <>
                <ButtonLink href="/" variant="primary">
                  Connect an account
                </ButtonLink>
                <ButtonLink href="/providers">Provider apps</ButtonLink>
              </>
            }
          >
            Connect an Outreach, Envoy or Outstand account: Patchbay then keeps its token alive and shows it
            here.
          </EmptyState>
        </Card>
      )}
    </>
  )
}

function NothingFound({ search }: { search: ConnectionsSearch }) {
  return (
    <Card>
      <EmptyState
        icon={<SearchX />}
        title="No connection fits"
        action={
          isFiltered(search) ? (
            <ButtonLink href={connectionsHref(parseSearch({}), { sort: search.sort })}>
              Clear filters
            </ButtonLink>
          ) : null
        }
      >
        {search.search
          ? 'Names, e-mails, organizations and ids were searched. Try fewer words or fewer filters.'
          : 'Try fewer filters.'}
      </EmptyState>
    </Card>
  )
}

function countOf(counts: readonly ConnectionCount[], search: ConnectionsSearch): number {
  return counts
    .filter(
      (each) =>
        (search.providers.length === 0 || search.providers.includes(each.provider)) &&
        (search.environments.length === 0 || search.environments.includes(each.environment)) &&
        (search.statuses.length === 0 || search.statuses.includes(each.status)),
    )
    .reduce((sum, each) => sum + each.count, 0)
}

function summary(shown: number, all: number): string {
  return `${groupDigits(shown)} of ${groupDigits(all)} ${all === 1 ? 'connection' : 'connections'}`
}
