import { Webhook } from 'lucide-react'
import type { Metadata } from 'next'
import { ChoiceChip } from '@/components/data/choice-chip'
import { DataTable } from '@/components/data/data-table'
import { EmptyState } from '@/components/data/empty-state'
import { FilterBar } from '@/components/data/filter-chip'
import { LiveRefresh } from '@/components/data/live-refresh'
import { ProviderMark } from '@/components/data/provider-mark'
import { Timestamp } from '@/components/data/timestamp'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { providerIds, providerNames } from '@/lib/core/provider'
import {
  type DeliveryRow,
  deliveryStates,
  deps,
  pageActor,
  type WebhooksPage,
  webhooksPage,
} from '@/lib/server'
import { listHref } from '../list-href'
import { NewestFirstPager } from '../newest-first-pager'
import { DeliveryStateBadge, deliveryStateWords } from './delivery-state'
import { EndpointCard } from './endpoint-card'

export const metadata: Metadata = { title: 'Webhooks' }

const path = '/webhooks'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What the providers sent by themselves. */
export default async function Webhooks({ searchParams }: Props) {
  const page = await webhooksPage(deps(), await pageActor(), await searchParams)
  const { filters, deliveries, endpoints } = page
  const anyActive = filters.provider !== null || filters.state !== null
  return (
    <>
      <PageHeader title="Webhooks" description="What the providers told Patchbay by themselves." />
      <LiveRefresh topics={['webhook']} />
      <div className="grid gap-6">
        <EndpointCard endpoints={endpoints} />
        <div className="grid gap-4">
          <Filters page={page} anyActive={anyActive} />
          {deliveries.length === 0 ? (
            <Card>
              <Empty filtered={anyActive} hasEndpoints={endpoints.length > 0} />
            </Card>
          ) : (
            <Deliveries rows={deliveries} />
          )}
          <NewestFirstPager
            path={path}
            filters={filters}
            newerThan={page.newerThan}
            olderThan={page.olderThan}
          />
        </div>
      </div>
    </>
  )
}

function Filters({ page: { filters }, anyActive }: { page: WebhooksPage; anyActive: boolean }) {
  return (
    <FilterBar clearAllHref={path} anyActive={anyActive}>
      <ChoiceChip
        label="Provider"
        values={providerIds}
        words={providerNames}
        chosen={filters.provider}
        href={(provider) => listHref(path, { ...filters, provider })}
      />
      <ChoiceChip
        label="State"
        values={deliveryStates}
        words={deliveryStateWords}
        chosen={filters.state}
        href={(state) => listHref(path, { ...filters, state })}
      />
    </FilterBar>
  )
}

function Deliveries({ rows }: { rows: readonly DeliveryRow[] }) {
  return (
    <DataTable
      caption="Webhooks, newest first"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `${path}/${row.id}`}
      columns={[
        {
          key: 'event',
          head: 'Event',
          cell: (row) => <span className="break-all font-mono">{row.eventName}</span>,
        },
        { key: 'provider', head: 'Provider', cell: (row) => <ProviderMark provider={row.provider} /> },
        {
          key: 'app',
          head: 'App',
          hideBelow: 'lg',
          cell: (row) => row.appName ?? <span className="text-ink-muted">Removed</span>,
        },
        {
          key: 'state',
          head: 'State',
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <DeliveryStateBadge state={row.state} />
              {row.failureWords ? (
                <span className="line-clamp-2 max-w-80 text-ink-muted">{row.failureWords}</span>
              ) : null}
            </span>
          ),
        },
        {
          key: 'repeats',
          head: 'Repeats',
          numeric: true,
          hideBelow: 'md',
          cell: (row) => (row.repeats === 0 ? <span className="text-ink-faint">0</span> : row.repeats),
        },
        { key: 'received', head: 'Received', cell: (row) => <Timestamp at={row.receivedAt} /> },
      ]}
    />
  )
}

function Empty({ filtered, hasEndpoints }: { filtered: boolean; hasEndpoints: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<Webhook />}
        title="No webhook matches these filters"
        action={<ButtonLink href={path}>Clear filters</ButtonLink>}
      />
    )
  }
  if (!hasEndpoints) {
    return (
      <EmptyState
        icon={<Webhook />}
        title="No app can send webhooks yet"
        action={<ButtonLink href="/providers/new">Add an app</ButtonLink>}
      >
        Webhooks come for provider apps: Outreach with S2S access, Envoy plugins and Outstand.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<Webhook />} title="No webhook yet">
      Enter the addresses above at the providers. Every message with a valid signature is listed here.
    </EmptyState>
  )
}
