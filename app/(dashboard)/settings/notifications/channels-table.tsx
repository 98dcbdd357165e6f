import { Mail, Webhook } from 'lucide-react'
import { DataTable } from '@/components/data/data-table'
import { Timestamp } from '@/components/data/timestamp'
import type { ChannelRow } from '@/lib/server'
import { channelKindWords, eventsWords } from './channel-words'
import { ChannelState, DeliveryState } from './delivery-state'

/** Every channel with its state and how the last message went. */
export function ChannelsTable({ channels }: { channels: readonly ChannelRow[] }) {
  return (
    <DataTable
      bare
      caption="Channels"
      rows={channels}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/settings/notifications/${id}`}
      columns={[
        {
          key: 'name',
          head: 'Channel',
          cell: ({ name }) => <span className="break-words font-medium">{name}</span>,
        },
        {
          key: 'kind',
          head: 'Tells',
          cell: (channel) => <Target channel={channel} />,
        },
        { key: 'events', head: 'Of', hideBelow: 'lg', cell: ({ events }) => eventsWords(events) },
        { key: 'state', head: 'State', cell: ({ pausedAt }) => <ChannelState paused={pausedAt !== null} /> },
        { key: 'last', head: 'Last message', hideBelow: 'md', cell: ({ last }) => <Last last={last} /> },
        {
          key: 'waiting',
          head: 'Waiting',
          numeric: true,
          hideBelow: 'lg',
          cell: ({ waiting }) => (waiting === 0 ? <span className="text-ink-faint">0</span> : waiting),
        },
      ]}
    />
  )
}

function Target({ channel: { kind, addresses } }: { channel: ChannelRow }) {
  const Icon = kind === 'email' ? Mail : Webhook
  const [first = '', ...others] = addresses
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-faint" />
      <span className="sr-only">{channelKindWords[kind]}: </span>
      <span className="min-w-0 max-w-72 truncate" title={addresses.join(', ')}>
        {others.length === 0 ? first : `${first} and ${others.length} more`}
      </span>
    </span>
  )
}

function Last({ last }: Pick<ChannelRow, 'last'>) {
  if (!last) return <span className="text-ink-muted">None yet</span>
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <DeliveryState state={last.state} />
      <Timestamp at={last.at} />
    </span>
  )
}
