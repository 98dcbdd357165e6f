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

/** The right to one call. It ends with exactly one of the two. */
export type Permit = {
  /** The call was made. `headers` of the provider's answer; `null` where none came. */
  done(answer: { status: number; headers: Headers } | null): void
  /** The call was not made. */
  giveBack(): void
}

export type PermitAnswer =
  | { kind: 'granted'; permit: Permit }
  /** `retryAt`: the earliest instant at which a call may be possible. */
  | { kind: 'refused'; retryAt: Date; reason: 'limit' | 'provider_said'; limit: number | null }

/**
 * Who may call a provider now, kept so that several processes together stay below each limit. Permits are reserved in small batches,
 * so a call costs no write.
 */
export type PermitBook = {
  /**
   * @param waitMs how long to wait for a permit at most; 0 answers at once
   * @param signal ends the wait: the caller has gone
   */
  take(facts: BucketFacts, options: { waitMs: number; signal?: AbortSignal }): Promise<PermitAnswer>
  /** Reports what is known, and gives back what is not used. */
  close(): Promise<void>
}
