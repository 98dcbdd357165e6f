import { writeAudit } from '../audit/write-audit'
import type { ConnectionStatus } from '../core/status'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { FailureWords, TokenOutcome } from '../providers/contract'
import { announceStatus } from './announce-status'
import { changeConnection } from './change-connection'
import { thirtiethFailedCall, withinDailyCap } from './daily-cap'
import { jitter } from './jitter'
import type { RotationCause } from './journal'
import { nextTryAt } from './plan'
import type { RotationState } from './rotation-state'

export type FailedOutcome = Exclude<TokenOutcome, { kind: 'renewed' }>

/** A token call that failed, and why it was made. */
export type FailedCall = { journalId: string; cause: RotationCause; outcome: FailedOutcome }

/** What a failed token call meant for its connection. */
export type SettledFailure =
  | {
      kind: 'failed'
      /** `unconfirmed`: the provider refused for good, and is asked once more before that is believed. */
      outcome: 'transient' | 'unconfirmed' | 'terminal' | 'app_fault' | 'suspended' | 'uncertain'
      code: string
      words: string
      retryAt: Date | null
    }
  /** Another pair was stored meanwhile: the failure says nothing about the connection. */
  | { kind: 'superseded' }

/** What the row has when the failure is settled; the state was read before the call. */
export type FreshFacts = {
  failureCount: number
  suspendedAt: Date | null
  needsReconnectAt: Date | null
  uncertainAt: Date | null
  retryingSince: Date | null
  verdictAt: Date | null
}

/** One failure on its way into the database. */
export type Settling = {
  tx: Tx
  deps: Deps
  state: RotationState
  fresh: FreshFacts
  call: FailedCall
  words: FailureWords
  now: Date
  /** What has to follow the commit. */
  noticed: { trouble: boolean }
}

export function failed(
  outcome: Extract<SettledFailure, { kind: 'failed' }>['outcome'],
  { code, words }: FailureWords,
  retryAt: Date | null,
): SettledFailure {
  return { kind: 'failed', outcome, code, words, retryAt }
}

/** When a failing connection is tried again by itself: its back-off, within its calls of a day. */
export async function backOffAt(
  { tx, deps, state, fresh, now }: Settling,
  retryAfterMs: number | null,
): Promise<Date> {
  const thirtiethAt = await thirtiethFailedCall(tx, deps, state.id)
  return withinDailyCap(nextTryAt(fresh.failureCount, retryAfterMs, now.getTime(), jitter(deps)), thirtiethAt)
}

const audited: Partial<Record<ConnectionStatus, string>> = {
  needs_reconnect: 'connection.needs_reconnect',
  uncertain: 'connection.became_uncertain',
  suspended: 'connection.suspended',
}

/** What a person has to act on is told in the trail and announced, once, when the status changes. */
export async function change(
  settling: Pick<Settling, 'tx' | 'deps' | 'state' | 'words' | 'now'> & { call?: FailedCall },
  columns: Parameters<typeof changeConnection>[2],
): Promise<void> {
  const { tx, deps, state, now, call } = settling
  const { code, words } = settling.words
  const failure = { failureAt: now, failureCode: code, failureWords: words }
  const { before, after } = await changeConnection(tx, state.id, { ...failure, ...columns })
  const action = audited[after]
  if (before === after || !action) return
  await writeAudit(
    tx,
    deps,
    { kind: 'system', name: 'Patchbay' },
    {
      action,
      subject: { kind: 'connection', id: state.id, name: state.label ?? state.accountName },
      detail: { code, words },
    },
  )
  // Who disconnects an account is not asked to connect it again.
  if (call?.cause !== 'disconnect') await announceStatus(tx, deps, state, after, { code, words })
}
