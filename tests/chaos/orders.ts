import type { BucketFacts, RefusalReason } from '../../lib/rate-limits/permit-book'
import type { RotationCause } from '../../lib/rotation/journal'
import type { RotationResult } from '../../lib/rotation/rotate-connection'

/**
 * A step of a rotation at which a process can be made to end or to freeze: the journal row is committed and nothing is sent;
 * the provider's answer was read and nothing is stored; the new pair is committed and not used yet.
 */
export const steps = ['before_call', 'after_answer', 'after_commit'] as const
export type Step = (typeof steps)[number]

/** What a test can ask of a process, over its IPC channel. No token crosses it: readers tell fingerprints. */
export type Order =
  /** Reads a fresh token, many times at once. */
  | { kind: 'read'; connectionId: string; readers: number }
  | { kind: 'rotate'; connectionId: string; cause: RotationCause }
  /** From now on the next call at this step ends (`SIGKILL`) or freezes (`SIGSTOP`) the process. */
  | { kind: 'strike'; at: Step; signal: 'SIGKILL' | 'SIGSTOP' }
  /** Asks for a permit again and again, and makes a call with each that it gets. */
  | SpendOrder
  /** Takes permits and keeps them. */
  | { kind: 'take'; facts: BucketFacts; count: number; waitMs: number }
  /** Tells what it knows of rate limits, and gives back what it does not use. */
  | { kind: 'settle' }

export type SpendOrder = {
  kind: 'spend'
  facts: BucketFacts
  url: string
  /** Asks so many times at once, until it has asked `attempts` times. */
  lanes: number
  attempts: number
  /** After a refusal it waits as long as it was told; such an attempt is made again. */
  patient: boolean
}

/** `at`: epoch milliseconds from which a call may be possible. */
export type Refusal = { at: number; reason: RefusalReason }
export type SpendResult = { calls: number; refusals: Refusal[] }

export type ReadResult = { fingerprint: string } | { code: string }

/** What each order is answered with. */
export type Results = {
  read: ReadResult[]
  rotate: RotationResult
  strike: null
  spend: SpendResult
  take: SpendResult
  settle: null
}

export type ToProcess = { id: number; order: Order }
export type FromProcess =
  | { ready: true }
  | { id: number; result: Results[Order['kind']] }
  | { id: number; failed: string }
