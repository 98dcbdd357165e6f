import type { ConnectionPage } from '@/lib/server'
import { viewerReason } from '../off-button'

/** @returns why this person cannot try a call now, `null` when it can be tried */
export function whyNotTry(connection: ConnectionPage): string | null {
  if (!connection.canAct) return viewerReason
  if (connection.pending) return 'It waits to be accepted or refused first.'
  if (connection.ended) return 'It has ended, so there is no token to call with.'
  return null
}
