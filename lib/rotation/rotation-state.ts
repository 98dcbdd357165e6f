import { PatchbayError } from '../core/errors'
import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Lifecycle } from '../core/status'
import type { Deps } from '../deps'
import type { CountedConnection } from '../rate-limits/bucket-facts'
import type { RotationFacts } from './decide-rotation'
import { type Lease, newLease, takeLeasesSql } from './lease'

/** A connection as one rotation reads it, with its pair, its app and what holds rotations back. Ciphertexts stay sealed. */
export type RotationState = {
  id: string
  provider: ProviderId
  appId: string
  grantKind: GrantKind
  lifecycle: Lifecycle
  generation: number
  externalAccountId: string | null
  externalOrgId: string | null
  accountName: string
  label: string | null
  apiUrl: string | null
  ownStatus: string
  createdAt: Date
  endedAt: Date | null
  suspendedAt: Date | null
  suspendedReason: string | null
  needsReconnectAt: Date | null
  uncertainAt: Date | null
  retryingSince: Date | null
  verdictAt: Date | null
  probeFirst: boolean
  nextAttemptAt: Date | null
  lastSuccessAt: Date | null
  lastUsedAt: Date | null
  failureCount: number
  failureAt: Date | null
  failureCode: string | null
  failureWords: string | null
  consentAt: Date | null
  pair: StoredPair | null
  app: {
    environment: Environment
    baseUrl: string
    faultAt: Date | null
    faultRetryAt: Date | null
  } & CountedConnection['app']
  /** The newest install that a grant mints for. */
  installId: string | null
  /** Start of the newest token call that minted or may have. */
  lastMintAt: Date | null
  /** Since when this database holds its rotations, being a copy. */
  heldAt: Date | null
  trouble: { id: string; retryAt: Date } | null
}

export type StoredPair = {
  generation: number
  obtainedAt: Date
  accessExpiresAt: Date | null
  refreshExpiresAt: Date | null
  firstUsedAt: Date | null
  refreshFingerprint: string | null
  accessTokenSealed: string
  refreshTokenSealed: string | null
  previousRefreshTokenSealed: string | null
}

/** The row of the statements below. Prisma's own mapping would need three statements and a transaction for the same. */
type StateRow = Omit<RotationState, 'pair' | 'app' | 'trouble'> &
  CountedConnection['app'] & {
    pair: Omit<StoredPair, `${string}At`> | null
    pairObtainedAt: Date
    pairAccessExpiresAt: Date | null
    pairRefreshExpiresAt: Date | null
    pairFirstUsedAt: Date | null
    environment: Environment
    baseUrl: string
    faultAt: Date | null
    faultRetryAt: Date | null
    troubleId: string | null
    troubleRetryAt: Date | null
  }

const stateColumns = `
  connection.id, connection.provider, connection.app_id AS "appId", connection.grant_kind AS "grantKind", connection.lifecycle,
  connection.generation, connection.external_account_id AS "externalAccountId", connection.external_org_id AS "externalOrgId",
  connection.account_name AS "accountName", connection.label, connection.api_url AS "apiUrl",
  connection.own_status AS "ownStatus", connection.created_at AS "createdAt", connection.ended_at AS "endedAt",
  connection.suspended_at AS "suspendedAt", connection.suspended_reason AS "suspendedReason",
  connection.needs_reconnect_at AS "needsReconnectAt", connection.uncertain_at AS "uncertainAt",
  connection.retrying_since AS "retryingSince", connection.verdict_at AS "verdictAt", connection.probe_first AS "probeFirst",
  connection.next_attempt_at AS "nextAttemptAt", connection.last_success_at AS "lastSuccessAt",
  used.last_used_at AS "lastUsedAt", connection.failure_count AS "failureCount", connection.failure_at AS "failureAt",
  connection.failure_code AS "failureCode", connection.failure_words AS "failureWords", connection.consent_at AS "consentAt",
  CASE WHEN pair.connection_id IS NOT NULL THEN json_build_object(
    'generation', pair.generation, 'refreshFingerprint', pair.refresh_fingerprint,
    'accessTokenSealed', pair.access_token_sealed, 'refreshTokenSealed', pair.refresh_token_sealed,
    'previousRefreshTokenSealed', pair.previous_refresh_token_sealed) END AS pair,
  pair.obtained_at AS "pairObtainedAt", pair.access_expires_at AS "pairAccessExpiresAt",
  pair.refresh_expires_at AS "pairRefreshExpiresAt", pair.first_used_at AS "pairFirstUsedAt",
  app.environment, app.base_url AS "baseUrl", app.fault_at AS "faultAt",
  app.fault_retry_at AS "faultRetryAt", app.agreed_limit AS "agreedLimit",
  app.agreed_window_s AS "agreedWindowS", app.rate_limit_bypass_sealed IS NOT NULL AS "isBypassed",
  install.external_install_id AS "installId", greatest(pair.obtained_at, mint.started_at) AS "lastMintAt",
  instance.held_at AS "heldAt", trouble.id AS "troubleId", trouble.retry_at AS "troubleRetryAt"`

const stateJoins = `
  JOIN provider_app AS app ON app.id = connection.app_id
  LEFT JOIN connection_use AS used ON used.connection_id = connection.id
  LEFT JOIN token_pair AS pair ON pair.connection_id = connection.id
  LEFT JOIN LATERAL (
    SELECT external_install_id FROM install
    WHERE install.connection_id = connection.id AND install.state IN ('accepted', 'waiting')
    ORDER BY install.created_at DESC LIMIT 1
  ) AS install ON true
  LEFT JOIN LATERAL (
    SELECT started_at FROM rotation_journal AS entry
    WHERE entry.connection_id = connection.id AND entry.outcome IN ('open', 'renewed', 'uncertain')
    ORDER BY entry.started_at DESC LIMIT 1
  ) AS mint ON true
  LEFT JOIN provider_trouble AS trouble ON trouble.open_key = connection.provider::text || ' ' || app.base_url
  LEFT JOIN instance_identity AS instance ON instance.id = 1`

const readState = {
  name: 'rotation_state',
  text: `SELECT ${stateColumns} FROM connection ${stateJoins} WHERE connection.id = $1`,
}

/** @throws PatchbayError `not_found` */
export async function readRotationState(
  deps: Pick<Deps, 'sql'>,
  connectionId: string,
): Promise<RotationState> {
  const [row] = await deps.sql.run<StateRow>(readState, [connectionId])
  if (!row) throw noConnection(connectionId)
  return stateOf(row)
}

const beginRotations = {
  name: 'begin_rotations',
  text: `
    WITH item AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS item (n int, connection_id text, owner text)
    ), taken AS (${takeLeasesSql})
    SELECT item.n, taken.connection_id IS NOT NULL AS "isTaken", ${stateColumns}
    FROM item JOIN connection ON connection.id = item.connection_id
    LEFT JOIN taken ON taken.connection_id = item.connection_id
    ${stateJoins}`,
}

/**
 * Takes the lease and reads the state in one statement. The state may be older than the lease: whoever had it before may have
 * stored a pair in between. The journal row, written next, finds that out.
 *
 * @returns no lease while somebody else has it
 * @throws PatchbayError `not_found`
 */
export async function beginRotation(
  deps: Pick<Deps, 'sql' | 'random' | 'clock'>,
  connectionId: string,
): Promise<{ lease: Lease | null; state: RotationState }> {
  const lease = newLease(deps, connectionId)
  const item = { connection_id: connectionId, owner: lease.owner }
  const [row] = await deps.sql.batched<StateRow & { isTaken: boolean }>(beginRotations, item)
  if (!row) throw noConnection(connectionId)
  return { lease: row.isTaken ? lease : null, state: stateOf(row) }
}

function noConnection(connectionId: string): PatchbayError {
  return new PatchbayError('not_found', 'There is no such connection.', { connectionId })
}

function stateOf(row: StateRow): RotationState {
  const { pair, pairObtainedAt, pairAccessExpiresAt, pairRefreshExpiresAt, pairFirstUsedAt, ...plain } = row
  const { environment, baseUrl, faultAt, faultRetryAt, agreedLimit, agreedWindowS, isBypassed, ...around } =
    plain
  const { troubleId, troubleRetryAt, ...rest } = around
  return {
    ...rest,
    pair: pair && {
      ...pair,
      obtainedAt: pairObtainedAt,
      accessExpiresAt: pairAccessExpiresAt,
      refreshExpiresAt: pairRefreshExpiresAt,
      firstUsedAt: pairFirstUsedAt,
    },
    app: { environment, baseUrl, faultAt, faultRetryAt, agreedLimit, agreedWindowS, isBypassed },
    trouble: troubleId && troubleRetryAt ? { id: troubleId, retryAt: troubleRetryAt } : null,
  }
}

export function rotationFacts(state: RotationState): RotationFacts {
  return {
    lifecycle: state.lifecycle,
    grantKind: state.grantKind,
    suspendedAt: state.suspendedAt,
    needsReconnectAt: state.needsReconnectAt,
    uncertainAt: state.uncertainAt,
    failureCount: state.failureCount,
    nextAttemptAt: state.nextAttemptAt,
    verdictAt: state.verdictAt,
    probeFirst: state.probeFirst,
    heldAt: state.heldAt,
    trouble: state.trouble,
    appFault: state.app.faultAt && { retryAt: state.app.faultRetryAt },
    accessExpiresAt: state.pair?.accessExpiresAt ?? null,
    hasRefreshToken: Boolean(state.pair?.refreshTokenSealed),
    hasInstall: state.installId !== null,
    lastMintAt: state.lastMintAt,
  }
}
