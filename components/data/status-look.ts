import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleOff,
  CirclePause,
  type LucideIcon,
  RefreshCw,
  Wrench,
} from 'lucide-react'
import type { ConnectionStatus } from '@/lib/core/status'
import type { Tone } from '../ui/badge'

/** Icon, colour and one sentence for each status; the word is `statusWords` of lib/core/status. */
export const statusLooks: Record<ConnectionStatus, { tone: Tone; Icon: LucideIcon; meaning: string }> = {
  pending: {
    tone: 'info',
    Icon: CircleDashed,
    meaning: 'It arrived without a Connect from here. Its token is not used until an admin accepts it.',
  },
  healthy: { tone: 'ok', Icon: CircleCheck, meaning: 'The token works and is renewed in time.' },
  retrying: {
    tone: 'warn',
    Icon: RefreshCw,
    meaning: 'The last renewal failed for a passing reason. Patchbay tries again by itself.',
  },
  uncertain: {
    tone: 'warn',
    Icon: CircleHelp,
    meaning:
      'An answer of the provider was lost, and the token may have been lost with it. Reconnect to be sure.',
  },
  needs_reconnect: {
    tone: 'danger',
    Icon: CircleAlert,
    meaning: 'The provider no longer accepts this grant. Only a person can give it again.',
  },
  app_misconfigured: {
    tone: 'danger',
    Icon: Wrench,
    meaning: 'The provider refuses the credentials of the app, not those of this account.',
  },
  suspended: {
    tone: 'warn',
    Icon: CirclePause,
    meaning: 'The organization is locked or deleted at the provider. Patchbay looks again every six hours.',
  },
  disconnected: {
    tone: 'neutral',
    Icon: CircleOff,
    meaning: 'It has ended, and its secrets are erased.',
  },
}
