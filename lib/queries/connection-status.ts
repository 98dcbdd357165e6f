import { deriveStatus, type StatusView } from '../core/status'
import type { AppFaultColumns, FactColumns } from '../rotation/connection-facts'

/** Prisma's `select` for what the status is derived from. */
export const statusSelect = {
  lifecycle: true,
  createdAt: true,
  endedAt: true,
  suspendedAt: true,
  suspendedReason: true,
  needsReconnectAt: true,
  uncertainAt: true,
  retryingSince: true,
  nextAttemptAt: true,
  lastSuccessAt: true,
  failureAt: true,
  failureCode: true,
  failureWords: true,
} as const satisfies Record<keyof FactColumns, true>

/** Of the provider app: a fault of its credentials stands over the connection's own status. */
export const appFaultSelect = { faultAt: true, faultWords: true } as const satisfies Record<
  keyof AppFaultColumns,
  true
>

/** The status that pages show: a connection's own facts under the mark of its app. */
export function statusOf(row: FactColumns, app: AppFaultColumns): StatusView {
  const { failureAt, failureCode, failureWords } = row
  return deriveStatus({
    lifecycle: row.lifecycle,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    suspendedAt: row.suspendedAt,
    suspendedReason: row.suspendedReason,
    needsReconnectAt: row.needsReconnectAt,
    uncertainAt: row.uncertainAt,
    retryingSince: row.retryingSince,
    nextAttemptAt: row.nextAttemptAt,
    lastSuccessAt: row.lastSuccessAt,
    lastFailure:
      failureAt && failureCode ? { code: failureCode, words: failureWords ?? '', at: failureAt } : null,
    appFaultAt: app.faultAt,
    appFault: app.faultWords,
  })
}
