import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Countdown } from '@/components/data/countdown'
import { type KeyValue, KeyValueList } from '@/components/data/key-value-list'
import { LiveRefresh } from '@/components/data/live-refresh'
import { RateMeter } from '@/components/data/rate-meter'
import { groupDigits } from '@/components/data/rate-reading'
import { lengthWords } from '@/components/data/time-words'
import { Timestamp } from '@/components/data/timestamp'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import { type ConnectionUsage, connectionUsage, deps, pageActor, usageHistory } from '@/lib/server'
import { type ConnectionParams, connectionTitle, readConnection } from '../read-connection'
import { CallsCard } from './calls-card'
import { readPeriod } from './period-words'
import { RefusalsCard } from './refusals-card'
import { UsageTables } from './usage-tables'

export function generateMetadata(props: ConnectionParams): Promise<Metadata> {
  return connectionTitle(props, 'Usage')
}

type Props = ConnectionParams & { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** How near its limit a connection is, and what was called through it. */
export default async function UsagePage({ params, searchParams }: Props) {
  const connection = await readConnection((await params).id)
  const [actor, { period }] = await Promise.all([pageActor(), searchParams])
  const [usage, history] = await Promise.all([
    connectionUsage(deps(), actor, connection.id),
    usageHistory(deps(), actor, connection.id, readPeriod(period)),
  ])
  if (!usage || !history) notFound()
  return (
    <>
      <LiveRefresh topics={['rate']} ids={[history.bucket]} />
      {usage.agreedLimitMissing ? (
        <Callout
          kind="warn"
          title="Agreed limit not entered"
          actions={<ButtonLink href={`/providers/${connection.app.id}`}>Open the app</ButtonLink>}
        >
          The app has a bypass header, but not the limit that was agreed with it: only the provider’s
          Retry-After slows Patchbay.{' '}
          {usage.rate.limit === null ? null : 'Until the next call the usual limit is shown.'}
        </Callout>
      ) : null}
      <Card title="Rate limit" description={usage.bucketWords}>
        <div className="grid gap-3">
          <RateMeter view={usage.rate} name={connection.name} />
          {usage.rate.retryAt ? (
            <p>
              {usage.rate.blockedUntil ? 'The provider asked for silence' : 'Calls are held back'}: the next
              one goes <Countdown to={usage.rate.retryAt} past="possible since" />.
            </p>
          ) : null}
        </div>
      </Card>
      <CallsCard history={history} base={`/connections/${connection.id}/usage`} />
      <UsageTables history={history} />
      <RefusalsCard history={history} />
      <Card title="Figures">
        <KeyValueList items={figures(usage)} />
      </Card>
    </>
  )
}

const unknownLimits: Partial<Record<ConnectionUsage['rate']['source'], string>> = {
  not_published: 'Not published',
  not_entered: 'Agreed, not entered',
}

function figures({ rate, provider, windowS, sharedWith, lastUsedAt }: ConnectionUsage): KeyValue[] {
  const count = (value: number | null, none = 'Not reported') =>
    value === null ? none : <span className="tabular-nums">{groupDigits(value)}</span>
  const name = providerNames[provider]
  return [
    { name: 'How it is known', value: sourceWords(rate.source, name, windowS) },
    {
      name: 'Limit',
      value: count(rate.limit, unknownLimits[rate.source]),
    },
    { name: 'Used', value: count(rate.used) },
    { name: 'Left', value: count(rate.remaining, unknownLimits[rate.source] && 'Not known') },
    ...(rate.limit !== null && rate.reserve > 0
      ? [{ name: 'Kept for renewals', value: count(rate.reserve), hint: 'Programs get the rest.' }]
      : []),
    {
      name: 'Resets',
      value: rate.resetsAt ? <Timestamp at={rate.resetsAt} /> : 'No call in this window',
    },
    {
      name: 'As of',
      value: rate.asOf ? <Timestamp at={rate.asOf} /> : 'Nothing was reported yet',
      hint: rate.stale ? 'Older than one window: the figures may no longer hold.' : null,
    },
    { name: 'Last 429', value: rate.last429At ? <Timestamp at={rate.last429At} /> : 'None' },
    { name: 'Last used', value: lastUsedAt ? <Timestamp at={lastUsedAt} /> : 'Not yet' },
    ...(sharedWith.length > 0
      ? [
          {
            name: 'Shared with',
            value: (
              <ul>
                {sharedWith.map((other) => (
                  <li key={other.id}>
                    <Link
                      href={`/connections/${other.id}/usage`}
                      className="text-accent underline-offset-4 hover:underline"
                    >
                      {other.name}
                    </Link>
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
  ]
}

function sourceWords(
  source: ConnectionUsage['rate']['source'],
  name: string,
  windowS: number | null,
): string {
  const window = windowS === null ? '' : ` in windows of ${lengthWords(windowS * 1_000)}`
  switch (source) {
    case 'headers':
      return `${name} tells it in the headers of its answers.`
    case 'own_count':
      return `Calls through Patchbay, counted here${window}. Calls of other programs are not in it.`
    case 'not_published':
      return `${name} publishes no limit. Calls through Patchbay are counted here${window}.`
    case 'not_entered':
      return `Calls through Patchbay are counted here${window}. The limit that was agreed with ${name} is not entered at the app.`
  }
}
