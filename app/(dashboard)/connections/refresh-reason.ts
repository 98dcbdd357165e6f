import type { ConnectionStatus } from '@/lib/core/status'

const reasons: Partial<Record<ConnectionStatus, string>> = {
  pending: 'It waits to be accepted.',
  disconnected: 'It has ended.',
  suspended: 'The provider suspended it: press Check again.',
  needs_reconnect: 'The provider ended the grant: press Reconnect.',
  uncertain: 'Whether the grant is alive is not certain: press Check again or Reconnect.',
}

/** @returns why a refresh would be refused in this state (lib/rotation, decide-rotation), `null` where it is tried */
export function whyNotRefresh(status: ConnectionStatus): string | null {
  return reasons[status] ?? null
}
