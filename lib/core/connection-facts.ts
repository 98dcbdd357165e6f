import { type ConnectionFacts, type ConnectionStatus, deriveStatus } from './status'

/** What `connection` does not tell: its newest failure stands in three columns, the rest around it. */
type ElsewhereFact = 'lastFailure' | 'appFault' | 'heldAt' | 'trouble'

/** The columns of `connection` that the status is derived from. */
export type FactColumns = Omit<ConnectionFacts, ElsewhereFact> & {
  failureAt: Date | null
  failureCode: string | null
  failureWords: string | null
}

/** The mark of a provider app whose credentials are refused. */
export type AppFaultColumns = {
  faultAt: Date | null
  faultCode?: string | null
  faultWords: string | null
  faultRetryAt?: Date | null
}

/** What holds rotations back that is no fact of the connection itself; a page reads it once for all its connections. */
export type Surroundings = {
  /** Since when this database holds its rotations, being a copy. */
  heldAt: Date | null
  /** The trouble of the connection's own provider host, while it lasts. */
  trouble: { beganAt: Date; retryAt: Date } | null
}

const calm: Surroundings = { heldAt: null, trouble: null }

/** Prisma's `select` for `FactColumns`. */
export const factSelect = {
  lifecycle: true,
  createdAt: true,
  endedAt: true,
  suspendedAt: true,
  suspendedReason: true,
  needsReconnectAt: true,
  uncertainAt: true,
  retryingSince: true,
  verdictAt: true,
  nextAttemptAt: true,
  lastSuccessAt: true,
  failureAt: true,
  failureCode: true,
  failureWords: true,
} as const satisfies Record<keyof FactColumns, true>

/** A connection's row, its app's mark and what is around it, as the facts that `deriveStatus` reads. */
export function connectionFacts(
  row: FactColumns,
  app: AppFaultColumns,
  { heldAt, trouble }: Surroundings = calm,
): ConnectionFacts {
  return {
    lifecycle: row.lifecycle,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    suspendedAt: row.suspendedAt,
    suspendedReason: row.suspendedReason,
    needsReconnectAt: row.needsReconnectAt,
    uncertainAt: row.uncertainAt,
    retryingSince: row.retryingSince,
    verdictAt: row.verdictAt,
    nextAttemptAt: row.nextAttemptAt,
    lastSuccessAt: row.lastSuccessAt,
    lastFailure:
      row.failureAt && row.failureCode
        ? { code: row.failureCode, words: row.failureWords ?? '', at: row.failureAt }
        : null,
    appFault: app.faultAt && {
      code: app.faultCode ?? 'app_misconfigured',
      words: app.faultWords ?? '',
      at: app.faultAt,
      retryAt: app.faultRetryAt ?? null,
    },
    heldAt,
    trouble,
  }
}

/** What the column `own_status` holds: the status without the app's mark, which changes for a thousand rows at once. */
export function ownStatus(row: FactColumns): ConnectionStatus {
  return deriveStatus(connectionFacts(row, { faultAt: null, faultWords: null })).status
}
