import { Ban, CircleCheck, Hourglass, TimerOff } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { KeyState } from '@/lib/core/key-state'

const looks = {
  active: { tone: 'ok', Icon: CircleCheck, word: 'Active' },
  expiring: { tone: 'warn', Icon: Hourglass, word: 'Ends soon' },
  expired: { tone: 'neutral', Icon: TimerOff, word: 'Expired' },
  revoked: { tone: 'danger', Icon: Ban, word: 'Revoked' },
} as const satisfies Record<KeyState, object>

/** How an API key stands: icon, word and colour. */
export function KeyStateBadge({ state }: { state: KeyState }) {
  const { tone, Icon, word } = looks[state]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {word}
    </Badge>
  )
}
