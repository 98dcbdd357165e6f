import { KeyValueList } from '@/components/data/key-value-list'
import { Timestamp } from '@/components/data/timestamp'
import { notificationWords } from '@/lib/core/notification-words'
import type { ChannelPage } from '@/lib/server'
import { DeliveryState } from '../delivery-state'

/** How the newest message went; for whoever may not change the channel, what it is told too. */
export function ChannelFacts({ channel }: { channel: ChannelPage }) {
  const { last, waiting, mayManage } = channel
  const answer = last ? [last.status === null ? null : `Answered ${last.status}.`, last.words] : []
  return (
    <KeyValueList
      items={[
        {
          name: 'Result',
          value: last ? (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <DeliveryState state={last.state} />
              <Timestamp at={last.at} />
              <span className="break-words text-ink-muted">{answer.filter(Boolean).join(' ')}</span>
            </span>
          ) : (
            'Nothing was sent yet.'
          ),
        },
        { name: 'Waiting', value: waiting === 0 ? 'None' : String(waiting) },
        ...(mayManage ? [] : ownFacts(channel)),
      ]}
    />
  )
}

function ownFacts({ addresses, events }: ChannelPage) {
  return [
    { name: 'Tells', value: <span className="break-all">{addresses.join(', ')}</span> },
    {
      name: 'Of',
      value:
        events.length === 0 ? 'All events' : events.map((kind) => notificationWords[kind].label).join('; '),
    },
  ]
}
