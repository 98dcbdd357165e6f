import { Gauge } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { DataTable } from '@/components/data/data-table'
import { EmptyState } from '@/components/data/empty-state'
import { FilterBar, FilterChip } from '@/components/data/filter-chip'
import { LiveRefresh } from '@/components/data/live-refresh'
import { Pager } from '@/components/data/pager'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { providerIds, providerNames } from '@/lib/core/provider'
import { deps, pageActor, type RateLimitsPage, rateLimitsPage } from '@/lib/server'
import { listHref } from '../list-href'
import { rateColumns } from './rate-columns'

export const metadata: Metadata = { title: 'Rate limits' }

const path = '/rate-limits'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** How much of each limit is used. */
export default async function RateLimits({ searchParams }: Props) {
  const page = await rateLimitsPage(deps(), await pageActor(), await searchParams)
  const { filters, rows } = page
  return (
    <>
      <PageHeader
        title="Rate limits"
        description="How many calls each account may still make, the fullest first. Outreach counts per user and tells it with every answer; Outstand allows 300 calls in 5 minutes, counted here; Envoy publishes no limit."
      />
      <LiveRefresh topics={['connection']} />
      <div className="grid gap-4">
        <FilterBar clearAllHref={path} anyActive={filters.provider !== null}>
          <FilterChip
            label="Provider"
            value={filters.provider && providerNames[filters.provider]}
            clearHref={path}
            options={providerIds.map((id) => ({
              value: id,
              label: providerNames[id],
              href: listHref(path, { provider: id }),
              selected: filters.provider === id,
            }))}
          />
        </FilterBar>
        {rows.length === 0 ? (
          <Card>
            <Empty page={page} />
          </Card>
        ) : (
          <DataTable
            caption="Rate limits, the fullest first"
            rows={rows}
            rowKey={(row) => row.bucket}
            columns={rateColumns}
          />
        )}
        {page.next || !page.isFirst ? (
          <Pager
            previousHref={page.isFirst ? null : listHref(path, filters)}
            nextHref={page.next && listHref(path, { ...filters, after: page.next })}
            summary={page.isFirst ? 'The fullest first' : 'Previous goes back to the fullest'}
          />
        ) : null}
      </div>
    </>
  )
}

function Empty({ page }: { page: RateLimitsPage }) {
  if (page.liveConnections > 0) {
    return (
      <EmptyState
        icon={<Gauge />}
        title="Not reported yet"
        action={page.filters.provider ? <ButtonLink href={path}>Clear filters</ButtonLink> : undefined}
      >
        {page.liveConnections === 1 ? 'One account is' : `${page.liveConnections} accounts are`} connected,
        but no call has told a figure so far. Figures come with the first call to the provider’s API.{' '}
        <Link href="/connections" className="text-accent underline-offset-4 hover:underline">
          Show the accounts
        </Link>
      </EmptyState>
    )
  }
  if (page.filters.provider) {
    return (
      <EmptyState
        icon={<Gauge />}
        title={`No account of ${providerNames[page.filters.provider]} is connected`}
        action={<ButtonLink href={path}>Clear filters</ButtonLink>}
      />
    )
  }
  return (
    <EmptyState
      icon={<Gauge />}
      title="Nothing is connected yet"
      action={<ButtonLink href="/">Connect an account</ButtonLink>}
    >
      Limits appear here with an account’s first call.
    </EmptyState>
  )
}
