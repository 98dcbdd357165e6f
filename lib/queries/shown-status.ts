import { type ConnectionStatus, connectionStatuses } from '../core/status'

/** A fault of the app explains every status but these (`deriveStatus`). */
export const settledStatuses: readonly ConnectionStatus[] = ['disconnected', 'pending', 'suspended']

/**
 * The status that is shown of a connection whose facts are not read.
 *
 * @param own the column `own_status`, which leaves the app's fault out
 */
export function shownStatus(own: string, appFault: boolean): ConnectionStatus {
  const status = connectionStatuses.find((each) => each === own) ?? 'pending'
  return appFault && !settledStatuses.includes(status) ? 'app_misconfigured' : status
}
