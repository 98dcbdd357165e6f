import {
  type AppFaultColumns,
  connectionFacts,
  type FactColumns,
  type Surroundings,
} from '../core/connection-facts'
import { deriveStatus, type StatusView } from '../core/status'

/** Of the provider app: a fault of its credentials stands over the connection's own status. */
export const appFaultSelect = {
  faultAt: true,
  faultCode: true,
  faultWords: true,
  faultRetryAt: true,
} as const satisfies Record<keyof AppFaultColumns, true>

/** The status that pages show: a connection's own facts under the mark of its app, and what holds rotations back. */
export function statusOf(row: FactColumns, app: AppFaultColumns, around?: Surroundings): StatusView {
  return deriveStatus(connectionFacts(row, app, around))
}
