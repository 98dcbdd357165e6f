import type { Lifecycle } from '../core/status'
import type { Deps } from '../deps'
import type { TokenSet } from '../providers/contract'
import { commitTokens } from './commit-tokens'
import type { Lease } from './lease'
import { type PairColumns, type PairKind, pairColumns } from './pair-columns'
import type { RotationState } from './rotation-state'
import { mints } from './store-pair'

/**
 * Writes each item's pair while its connection still has the generation before it; clears what stood against the tokens;
 * closes the journal; gives the lease back. A live connection without faults is healthy (`deriveStatus`), any other
 * lifecycle keeps its status. Failures go on being counted over pairs that were never used: a provider that refuses each new
 * token is asked less and less often. IS NOT DISTINCT FROM keeps the planner from reading every open row of the journal for
 * each item.
 */
const commitPairs = {
  name: 'commit_pairs',
  text: `
    WITH item AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS item (n int, connection_id text, owner text, journal_id text,
        generation int, is_unproven boolean, scopes text[], next_attempt_at timestamptz, obtained_by "RotationKind", access_token_sealed text,
        access_fingerprint text, refresh_token_sealed text, refresh_fingerprint text, previous_refresh_token_sealed text,
        obtained_at timestamptz, access_expires_at timestamptz, refresh_expires_at timestamptz,
        reconnect_by timestamptz)
    ), claimed AS (
      UPDATE connection SET
        generation = item.generation,
        access_expires_at = item.access_expires_at,
        refresh_expires_at = item.refresh_expires_at,
        reconnect_by = item.reconnect_by,
        granted_scopes = coalesce(item.scopes, connection.granted_scopes),
        scopes_reported = connection.scopes_reported OR item.scopes IS NOT NULL,
        last_success_at = item.obtained_at,
        next_attempt_at = item.next_attempt_at,
        failure_count = CASE WHEN item.is_unproven THEN connection.failure_count ELSE 0 END, failure_at = NULL, failure_code = NULL, failure_words = NULL,
        retrying_since = NULL, verdict_at = NULL, probe_first = false,
        needs_reconnect_at = NULL, uncertain_at = NULL, suspended_at = NULL, suspended_reason = NULL,
        own_status = CASE connection.lifecycle WHEN 'live' THEN 'healthy' ELSE connection.own_status END,
        updated_at = item.obtained_at
      FROM item
      WHERE connection.id = item.connection_id AND connection.generation = item.generation - 1
      RETURNING item.n, connection.lifecycle
    ), pair AS (
      INSERT INTO token_pair (connection_id, generation, obtained_by, access_token_sealed, access_fingerprint,
        refresh_token_sealed, refresh_fingerprint, previous_refresh_token_sealed, obtained_at, access_expires_at,
        refresh_expires_at)
      SELECT item.connection_id, item.generation, item.obtained_by, item.access_token_sealed, item.access_fingerprint,
        item.refresh_token_sealed, item.refresh_fingerprint, item.previous_refresh_token_sealed, item.obtained_at,
        item.access_expires_at, item.refresh_expires_at
      FROM item JOIN claimed USING (n)
      ON CONFLICT (connection_id) DO UPDATE SET
        generation = excluded.generation, obtained_by = excluded.obtained_by,
        access_token_sealed = excluded.access_token_sealed, access_fingerprint = excluded.access_fingerprint,
        refresh_token_sealed = excluded.refresh_token_sealed, refresh_fingerprint = excluded.refresh_fingerprint,
        previous_refresh_token_sealed = excluded.previous_refresh_token_sealed, obtained_at = excluded.obtained_at,
        access_expires_at = excluded.access_expires_at, refresh_expires_at = excluded.refresh_expires_at,
        first_used_at = NULL
    ), closed AS (
      UPDATE rotation_journal AS entry SET
        outcome = CASE WHEN claimed.n IS NULL THEN 'discarded' ELSE 'renewed' END::"RotationOutcome",
        ended_at = item.obtained_at, failure_code = NULL, failure_words = NULL
      FROM item LEFT JOIN claimed USING (n)
      WHERE entry.id = item.journal_id AND entry.outcome IS NOT DISTINCT FROM 'open'
    ), lost AS (
      UPDATE rotation_journal AS entry SET outcome = 'discarded', ended_at = item.obtained_at
      FROM item JOIN claimed USING (n)
      WHERE entry.connection_id = item.connection_id AND entry.outcome IS NOT DISTINCT FROM 'open'
        AND entry.id <> item.journal_id
    ), own AS MATERIALIZED (
      SELECT lease.connection_id FROM item JOIN rotation_lease AS lease
        ON lease.connection_id = item.connection_id AND lease.owner = item.owner
      ORDER BY lease.connection_id FOR UPDATE OF lease
    ), released AS (
      DELETE FROM rotation_lease AS lease USING own WHERE lease.connection_id = own.connection_id
    )
    SELECT item.n, claimed.n IS NOT NULL OR stored.connection_id IS NOT NULL AS "isStored", claimed.lifecycle
    FROM item LEFT JOIN claimed USING (n)
    LEFT JOIN token_pair AS stored ON stored.connection_id = item.connection_id
      AND stored.generation = item.generation AND stored.access_fingerprint = item.access_fingerprint`,
}
type Committed = { isStored: boolean; lifecycle: Lifecycle | null }

export type CommitInput = {
  state: RotationState
  lease: Lease
  journalId: string
  kind: PairKind
  tokens: TokenSet
}

export type CommittedPair = PairColumns & { generation: number }

/**
 * Commits a rotation: the new pair, its clocks, the journal and the end of the lease, in one statement. The tokens exist
 * nowhere else, so a database that is away for a moment is asked again, and finds out by itself that it had them already;
 * after that the open journal row tells the next rotation.
 *
 * @returns `null` when another pair has been stored meanwhile: this one is dropped
 */
export async function commitPair(deps: Deps, input: CommitInput): Promise<CommittedPair | null> {
  const { state, lease, journalId, tokens } = input
  const { nextAttemptAt, ...columns } = pairColumns(deps, {
    connectionId: state.id,
    kind: input.kind,
    tokens,
    policy: deps.providers.get(state.provider).policy(state.grantKind),
    mints: mints(state.grantKind),
    before: input.kind === 'refresh' ? state.pair : null,
    lastUsedAt: state.lastUsedAt,
  })
  const generation = state.generation + 1
  const item = {
    connection_id: state.id,
    owner: lease.owner,
    journal_id: journalId,
    generation,
    is_unproven: state.pair !== null && state.pair.firstUsedAt === null,
    scopes: tokens.scopes,
    next_attempt_at: nextAttemptAt,
    obtained_by: columns.obtainedBy,
    access_token_sealed: columns.accessTokenSealed,
    access_fingerprint: columns.accessFingerprint,
    refresh_token_sealed: columns.refreshTokenSealed,
    refresh_fingerprint: columns.refreshFingerprint,
    previous_refresh_token_sealed: columns.previousRefreshTokenSealed,
    obtained_at: columns.obtainedAt,
    access_expires_at: columns.accessExpiresAt,
    refresh_expires_at: columns.refreshExpiresAt,
    reconnect_by: columns.reconnectBy,
  }
  const [committed] = await commitTokens(deps, { connectionId: state.id }, () =>
    deps.sql.batched<Committed>(commitPairs, item),
  )
  // A try whose answer was lost may have been committed while the next one waited for it, unseen by that one's snapshot.
  const isStored = committed?.isStored || (await isCommitted(deps, state.id, columns.accessFingerprint))
  return isStored ? { ...columns, nextAttemptAt, generation } : null
}

async function isCommitted(deps: Pick<Deps, 'db'>, connectionId: string, print: string): Promise<boolean> {
  return (await deps.db.tokenPair.count({ where: { connectionId, accessFingerprint: print } })) > 0
}
