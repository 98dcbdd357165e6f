import type { Metadata } from 'next'
import Link from 'next/link'
import { oncePerRequest } from '@/app/once-per-request'
import { CopyButton } from '@/components/data/copy-button'
import { CopyId } from '@/components/data/copy-field'
import { KeyValueList } from '@/components/data/key-value-list'
import { LiveRefresh } from '@/components/data/live-refresh'
import { ProviderMark } from '@/components/data/provider-mark'
import { Timestamp } from '@/components/data/timestamp'
import { PageHeader } from '@/components/shell/page-header'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { type DeliveryPage, deliveryPage } from '@/lib/server'
import { DeliveryStateBadge } from '../delivery-state'

type Props = { params: Promise<{ id: string }> }

const readDelivery = oncePerRequest(deliveryPage)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const delivery = await readDelivery((await params).id)
  return { title: `${delivery.eventName} · Webhooks` }
}

/** One webhook, with its body as it is stored. */
export default async function Delivery({ params }: Props) {
  const delivery = await readDelivery((await params).id)
  return (
    <>
      <PageHeader
        title={<span className="font-mono">{delivery.eventName}</span>}
        crumbs={[{ href: '/webhooks', label: 'Webhooks' }]}
        before={<ProviderMark provider={delivery.provider} size="lg" bare />}
        meta={
          <>
            <DeliveryStateBadge state={delivery.state} />
            <CopyId value={delivery.id} label="webhook id" />
          </>
        }
      />
      <LiveRefresh topics={['webhook']} ids={[delivery.id]} />
      <div className="grid gap-6">
        {delivery.failureWords ? (
          <Callout kind="error" title="It could not be acted on">
            {delivery.failureWords} The provider’s next delivery of it is tried again.
          </Callout>
        ) : null}
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
          <Card
            flush
            title="Body"
            description="Tokens and other secrets were replaced by fingerprints before it was stored."
            actions={<CopyButton text={delivery.bodyText} label="body" withWord />}
          >
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0} className="overflow-x-auto p-4 font-mono text-sm">
              {delivery.bodyText}
            </pre>
          </Card>
          <Card title="Facts">
            <Facts delivery={delivery} />
          </Card>
        </div>
      </div>
    </>
  )
}

function Facts({ delivery }: { delivery: DeliveryPage }) {
  const link = 'rounded-sm text-accent underline-offset-4 hover:underline'
  return (
    <KeyValueList
      stacked
      items={[
        { name: 'Received', value: <Timestamp at={delivery.receivedAt} /> },
        {
          name: 'Handled',
          value: delivery.handledAt ? <Timestamp at={delivery.handledAt} /> : 'Not yet',
        },
        { name: 'Came again', value: delivery.repeats === 1 ? 'once' : `${delivery.repeats} times` },
        {
          name: 'App',
          value: delivery.appId ? (
            <Link href={`/providers/${delivery.appId}`} className={link}>
              {delivery.appName ?? 'Removed'}
            </Link>
          ) : (
            'None'
          ),
        },
        {
          name: 'Connection',
          value: delivery.connectionId ? (
            <Link href={`/connections/${delivery.connectionId}`} className={link}>
              Show the connection
            </Link>
          ) : (
            'None'
          ),
        },
        { name: 'Delivery key', value: <CopyId value={delivery.dedupeKey} label="delivery key" /> },
      ]}
    />
  )
}
