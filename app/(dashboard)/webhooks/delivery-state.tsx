import { CircleAlert, CircleCheck, Hourglass } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { DeliveryRow } from '@/lib/server'

export const deliveryStateWords: Record<DeliveryRow['state'], string> = {
  received: 'Being handled',
  handled: 'Handled',
  failed: 'Failed',
}

const looks = {
  received: { tone: 'info', Icon: Hourglass },
  handled: { tone: 'ok', Icon: CircleCheck },
  failed: { tone: 'danger', Icon: CircleAlert },
} as const

/** What became of a webhook: icon, word and colour. */
export function DeliveryStateBadge({ state }: { state: DeliveryRow['state'] }) {
  const { tone, Icon } = looks[state]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {deliveryStateWords[state]}
    </Badge>
  )
}
