import { z } from 'zod'
import { type FactColumns, factSelect, ownStatus } from '../core/connection-facts'
import { type ConnectionStatus, connectionStatuses } from '../core/status'
import type { Db } from '../db/client'

type ConnectionStore = Pick<Db, 'connection'>

const connectionStatusSchema = z.enum(connectionStatuses)

/** Columns that a verb may change; `own_status` follows from them and is written here alone. */
export type ConnectionChange = Partial<FactColumns> & {
  externalAccountId?: string | null
  accountName?: string
  accountEmail?: string | null
  externalOrgId?: string | null
  orgName?: string | null
  label?: string | null
  apiUrl?: string | null
  grantedScopes?: string[]
  scopesReported?: boolean
  requestedScopes?: string[]
  accessExpiresAt?: Date | null
  refreshExpiresAt?: Date | null
  reconnectBy?: Date | null
  failureCount?: number
  verdictAt?: Date | null
  probeFirst?: boolean
  endedReason?: string | null
  pendingReason?: string | null
  replacesId?: string | null
  ssoEnabled?: boolean
  consentAt?: Date | null
  connectedBy?: string | null
}

/**
 * Changes a connection and brings `own_status` in line. The first write locks the row, so the facts it returns are the ones
 * that the second write derives from.
 *
 * @param tx a transaction
 * @returns the status before and after
 */
export async function changeConnection(
  tx: ConnectionStore,
  connectionId: string,
  change: ConnectionChange,
): Promise<{ before: ConnectionStatus; after: ConnectionStatus }> {
  const row = await tx.connection.update({
    where: { id: connectionId },
    data: change,
    select: { ...factSelect, ownStatus: true },
  })
  const before = connectionStatusSchema.parse(row.ownStatus)
  const after = ownStatus(row)
  if (after !== before) {
    await tx.connection.update({
      where: { id: connectionId },
      data: { ownStatus: after },
      select: { id: true },
    })
  }
  return { before, after }
}
