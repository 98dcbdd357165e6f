import { CircleAlert, CircleCheck, CircleDashed, CircleDot, FlaskConical, Lock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { ProviderAppRow } from '@/lib/server'

const states = {
  ready: { word: 'Ready', tone: 'ok', Icon: CircleCheck },
  partial: { word: 'Partly ready', tone: 'info', Icon: CircleDot },
  draft: { word: 'Draft', tone: 'neutral', Icon: CircleDashed },
  fault: { word: 'Refused by the provider', tone: 'danger', Icon: CircleAlert },
} as const

/** Whether an app can be connected, in a word. */
export function AppState({ state }: { state: ProviderAppRow['state'] }) {
  const { word, tone, Icon } = states[state]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {word}
    </Badge>
  )
}

/** Who looks after an app that is not edited here; nothing where its environment says so already. */
export function OriginTag({ origin, environment }: Pick<ProviderAppRow, 'origin' | 'environment'>) {
  switch (origin) {
    case 'sandbox':
      return environment === 'sandbox' ? null : (
        <Badge tone="info" icon={<FlaskConical aria-hidden="true" />}>
          Sandbox
        </Badge>
      )
    case 'environment':
      return <Badge icon={<Lock aria-hidden="true" />}>Managed by the environment</Badge>
    case 'settings':
      return null
  }
}
