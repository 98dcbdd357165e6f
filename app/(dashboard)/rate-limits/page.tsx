import { Gauge } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { DataTable } from '@/components/data/data-table'
import { EmptyState } from '@/components/data/empty-state'
import { LiveRefresh } from '@/components/data/live-refresh'
import { Pager } from '@/components/data/pager'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import { deps, pageActor, type RateLimitsPage, rateLimitsPage } from '@/lib/server'
import { rateColumns } from './rate-columns'
import { RateFilters } from './rate-filters'
import { rateHref, ratePath } from './search'

export const metadata: Metadata = { title: 'Rate limits' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** How much of each limit is used. */
export default async function RateLimits({ searchParams }: Props) {
  const page = await rateLimitsPage(deps(), await pageActor(), await searchParams)
  return (
    <>
      <PageHeader
        title="Rate limits"
        description="How many calls each account may still make. Outreach counts per user and tells it with every answer; Outstand allows 300 calls in 5 minutes, counted here; Envoy publishes no limit. Patchbay holds a call back before a limit is hit."
      />
      <LiveRefresh topics={['rate', 'connection']} />
      <div className="grid gap-4">
        <RateFilters page={page} />
        {page.rows.length === 0 ? (
          <Card>
            <Empty page={page} />
          </Card>
        ) : (
          <DataTable
            caption="Rate limits"
            rows={page.rows}
            rowKey={(row) => row.bucket}
            columns={rateColumns(page)}
          />
        )}
        {page.next || !page.isFirst ? (
          <Pager
            previousHref={page.isFirst ? null : rateHref(page)}
            nextHref={page.next && rateHref(page, { after: page.next })}
            summary={page.isFirst ? 'First page' : 'Previous goes back to the first page'}
          />
        ) : null}
      </div>
    </>
  )
}

function Empty({ page }: { page: RateLimitsPage }) {
  if (page.filters.near && page.liveConnections > 0) {
    return (
      <EmptyState
        icon={<Gauge />}
        title="No limit is nearly used up"
        action={<ButtonLink href={ratePath}>Clear filters</ButtonLink>}
      >
        Four fifths of a limit count as nearly used up.
      </EmptyState>
    )
  }
  if (page.liveConnections > 0) {
    return (
      <EmptyState
        icon={<Gauge />}
        title="Not reported yet"
        action={page.filters.provider ? <ButtonLink href={ratePath}>Clear filters</ButtonLink> : undefined}
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
        action={<ButtonLink href={ratePath}>Clear filters</ButtonLink>}
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
