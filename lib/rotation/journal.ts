import { newId } from '../core/ids'
import type { Db } from '../db/client'
import type { Deps } from '../deps'
import type { FailureWords } from '../providers/contract'
import type { PairKind } from './store-pair'

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

/** Writes the row that must be committed before the token call: left open, it tells of an answer that nobody has stored. */
export async function openJournal(
  db: Pick<Db, 'rotationJournal'>,
  deps: Stamp,
  entry: JournalEntry,
): Promise<string> {
  const startedAt = deps.clock.now()
  const id = newId('journal', startedAt.getTime(), deps.random.bytes(10))
  await db.rotationJournal.create({ data: { id, ...entry, startedAt }, select: { id: true } })
  return id
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
