import { newId } from '../core/ids'
import type { Db } from '../db/client'
import type { Deps } from '../deps'
import type { FailureWords } from '../providers/contract'
import type { Lease } from './lease'
import type { PairKind } from './pair-columns'

export const rotationCauses = [
  'connect',
  'reconnect',
  'due',
  'needed',
  'refresh_now',
  'check_again',
  'webhook',
  'disconnect',
] as const
/** Why a token call was made. */
export type RotationCause = (typeof rotationCauses)[number]

export type RotationOutcome = 'renewed' | 'transient' | 'terminal' | 'app_fault' | 'uncertain' | 'discarded'

export type JournalEntry = {
  connectionId: string
  kind: PairKind
  cause: RotationCause
  /** Of the pair that the call is to replace. */
  generation: number
  refreshFingerprint: string | null
}

type Stamp = Pick<Deps, 'clock' | 'random'>

const openJournals = {
  name: 'open_journals',
  text: `
    WITH item AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS item (n int, id text, connection_id text, owner text, generation int,
        kind "RotationKind", cause text, refresh_fingerprint text, started_at timestamptz)
    ), written AS (
      INSERT INTO rotation_journal AS entry
        (id, connection_id, kind, cause, generation, refresh_fingerprint, outcome, started_at)
      SELECT item.id, item.connection_id, item.kind, item.cause, item.generation, item.refresh_fingerprint, 'open',
        item.started_at
      FROM item
      JOIN connection ON connection.id = item.connection_id AND connection.generation = item.generation
      JOIN rotation_lease AS lease ON lease.connection_id = item.connection_id AND lease.owner = item.owner
      ON CONFLICT (id) DO UPDATE SET id = excluded.id
      RETURNING id
    )
    SELECT item.n FROM item JOIN written USING (id)`,
}

/**
 * Writes the row that must be committed before the token call: left open, it tells of an answer that nobody has stored. It is
 * the re-read after the lease too: the row is written only while the lease is the caller's and the pair the one it has read.
 *
 * @returns the row's id, `null` when somebody else has the lease or has stored another pair
 */
export async function openJournal(
  deps: Stamp & Pick<Deps, 'sql'>,
  lease: Lease,
  entry: JournalEntry,
): Promise<string | null> {
  const startedAt = deps.clock.now()
  const id = newId('journal', startedAt.getTime(), deps.random.bytes(10))
  const written = await deps.sql.batched(openJournals, {
    id,
    connection_id: entry.connectionId,
    owner: lease.owner,
    generation: entry.generation,
    kind: entry.kind,
    cause: entry.cause,
    refresh_fingerprint: entry.refreshFingerprint,
    started_at: startedAt,
  })
  return written.length > 0 ? id : null
}

/** Ends an open row; one that has ended already stays as it is. */
export async function closeJournal(
  tx: Pick<Db, 'rotationJournal'>,
  deps: Pick<Deps, 'clock'>,
  id: string,
  outcome: RotationOutcome,
  failure: FailureWords | null = null,
): Promise<void> {
  await tx.rotationJournal.updateMany({
    where: { id, outcome: 'open' },
    data: {
      outcome,
      endedAt: deps.clock.now(),
      failureCode: failure?.code ?? null,
      failureWords: failure?.words ?? null,
    },
  })
}

/** Keeps a row open, since its call may have been carried out, and notes why there was no answer. */
export async function noteLostAnswer(
  tx: Pick<Db, 'rotationJournal'>,
  id: string,
  failure: FailureWords,
): Promise<void> {
  await tx.rotationJournal.updateMany({
    where: { id, outcome: 'open' },
    data: { failureCode: failure.code, failureWords: failure.words },
  })
}

/** Ends every open row of a connection, once it is known what became of their calls. */
export async function closeLostCalls(
  tx: Pick<Db, 'rotationJournal'>,
  deps: Pick<Deps, 'clock'>,
  connectionId: string,
  outcome: Extract<RotationOutcome, 'uncertain' | 'discarded'>,
): Promise<void> {
  await tx.rotationJournal.updateMany({
    where: { connectionId, outcome: 'open' },
    data: { outcome, endedAt: deps.clock.now() },
  })
}

/** A call that has already been answered, such as a code exchange before which there was no connection to write it to. */
export async function writeJournal(
  tx: Pick<Db, 'rotationJournal'>,
  deps: Stamp,
  entry: JournalEntry & { startedAt: Date },
): Promise<void> {
  const endedAt = deps.clock.now()
  const id = newId('journal', entry.startedAt.getTime(), deps.random.bytes(10))
  await tx.rotationJournal.create({
    data: { id, ...entry, outcome: 'renewed', endedAt },
    select: { id: true },
  })
}
