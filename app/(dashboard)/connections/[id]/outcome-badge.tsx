import { Badge } from '@/components/ui/badge'
import type { RotationRow } from '@/lib/server'
import { outcomeLooks } from './rotation-words'

/** How a token call ended: icon, word and colour. */
export function OutcomeBadge({ outcome }: { outcome: RotationRow['outcome'] }) {
  const { word, tone, Icon } = outcomeLooks[outcome]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {word}
    </Badge>
  )
}
