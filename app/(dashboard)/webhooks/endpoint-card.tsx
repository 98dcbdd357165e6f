import Link from 'next/link'
import { CopyField } from '@/components/data/copy-field'
import { DataTable } from '@/components/data/data-table'
import { ProviderMark } from '@/components/data/provider-mark'
import { Timestamp } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import type { WebhookEndpoint } from '@/lib/server'

/** Where each app's webhooks come to, ready to copy, and whether one ever came. */
export function EndpointCard({ endpoints }: { endpoints: readonly WebhookEndpoint[] }) {
  if (endpoints.length === 0) return null
  return (
    <Card
      flush
      title="Addresses"
      description="Enter the address at the provider. What arrives is believed only with the app’s signature."
    >
      <DataTable
        bare
        caption="Webhook addresses by provider app"
        rows={endpoints}
        rowKey={(row) => row.appId}
        columns={[
          {
            key: 'app',
            head: 'App',
            cell: (row) => (
              <span className="flex items-center gap-2">
                <ProviderMark provider={row.provider} bare />
                <Link
                  href={`/providers/${row.appId}`}
                  className="rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {row.appName}
                </Link>
              </span>
            ),
          },
          {
            key: 'url',
            head: 'Webhook URL',
            cell: (row) => (
              <CopyField value={row.url} label={`webhook URL of ${row.appName}`} className="max-w-xl" />
            ),
          },
          {
            key: 'last',
            head: 'Last webhook',
            cell: (row) =>
              row.lastWebhookAt ? (
                <Timestamp at={row.lastWebhookAt} />
              ) : (
                <span className="text-ink-muted">No webhook yet</span>
              ),
          },
        ]}
      />
    </Card>
  )
}
