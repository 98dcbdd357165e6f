import { CircleAlert, CircleCheck, CirclePause, Hourglass } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { NotificationState } from '@/lib/server'

export const deliveryStateWords: Record<NotificationState, string> = {
  waiting: 'Waiting',
  sent: 'Sent',
  given_up: 'Given up',
}

const looks = {
  waiting: { tone: 'info', Icon: Hourglass },
  sent: { tone: 'ok', Icon: CircleCheck },
  given_up: { tone: 'danger', Icon: CircleAlert },
} as const

/** How a delivery stands: icon, word and colour. */
export function DeliveryState({ state }: { state: NotificationState }) {
  const { tone, Icon } = looks[state]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {deliveryStateWords[state]}
    </Badge>
  )
}

/** Whether a channel is told of anything now. */
export function ChannelState({ paused }: { paused: boolean }) {
  return paused ? (
    <Badge tone="warn" icon={<CirclePause aria-hidden="true" />}>
      Paused
    </Badge>
  ) : (
    <Badge tone="ok" icon={<CircleCheck aria-hidden="true" />}>
      Active
    </Badge>
  )
}
