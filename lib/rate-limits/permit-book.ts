import type { ProviderId } from '../core/provider'
import type { CountedWindow } from './bucket'

/** A bucket as a caller knows it: its name and what is published or agreed of its limit. */
export type BucketFacts = {
  bucket: string
  provider: ProviderId
  /** Limit and window agreed with the provider for this app; `null` where none is entered. */
  agreed: CountedWindow | null
  /** A bypass header is sent: the published limit does not hold for this app. */
  bypassed: boolean
}

/** What a provider answered, as far as limits go. */
export type LimitAnswer = { status: number; headers: Pick<Headers, 'get'> }

/** The right to one call. It ends with exactly one of the two; whatever comes second does nothing. */
export type Permit = {
  /** The call was made. `headers` of the provider's answer; `null` where none came. */
  done(answer: LimitAnswer | null): void
  /** The call was not made. */
  giveBack(): void
}

export type PermitAnswer =
  | { kind: 'granted'; permit: Permit }
  /** `retryAt`: the earliest instant at which a call may be possible. */
  | { kind: 'refused'; retryAt: Date; reason: RefusalReason; limit: number | null }

/** `limit`: the calls of the window are used up; `provider_said`: a 429 asked for silence. */
export type RefusalReason = 'limit' | 'provider_said'

/**
 * Who may call a provider now, kept so that several processes together stay below each limit. Permits are reserved in small batches,
 * so a call costs no write.
 */
export type PermitBook = {
  /**
   * @param waitMs how long to wait for a permit at most; 0 answers at once. Who cannot be served in time is refused at once
   * @param signal ends the wait: the caller has gone
   * @throws the signal's reason when it aborts, and the database's error when a permit cannot be reserved
   */
  take(facts: BucketFacts, options: { waitMs: number; signal?: AbortSignal }): Promise<PermitAnswer>
  /** Counts a call that asked nobody: rotations and probes always go through. `at`: when its answer came. */
  record(facts: BucketFacts, answer: LimitAnswer & { at: Date }): void
  /** Writes what is known and gives back what is not used. Failures are logged. */
  flush(): Promise<void>
  /** The same, and grants nothing any more. */
  close(): Promise<void>
}
