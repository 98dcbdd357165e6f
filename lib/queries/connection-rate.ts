import type { ProviderId } from '../core/provider'
import { type BucketOwner, type CountedWindow, countedWindow } from '../rate-limits/bucket'
import { agreedWindow } from '../rate-limits/bucket-facts'
import { bucketRules } from '../rate-limits/bucket-rules'
import * as view from '../rate-limits/bucket-view'

/** One window as the meter of the pages takes it. */
export type ConnectionRate = view.RateWindowView

/** Columns of `rate_window` that a reading is made of. */
export const rateSelect = { bucket: true, ...view.rateSelect } as const

export type RatedConnection = BucketOwner & {
  app: { agreedLimit: number | null; agreedWindowS: number | null }
}

/**
 * What is known of a connection's window now. A limit that was agreed holds from when it is entered; otherwise the stored one does,
 * since only who calls knows whether a bypass header is sent.
 *
 * @param row what is stored of its bucket, `null` when nothing was counted yet
 */
export function connectionRate(
  connection: RatedConnection,
  row: view.RateColumns | null,
  now: Date,
): ConnectionRate {
  const agreed = agreedWindow(connection.app)
  if (row && !agreed) return view.rateView(row, now)
  return view.bucketView(bucketRules({ provider: connection.provider, agreed, bypassed: false }), row, now)
}

/** Whether Patchbay counts this provider's calls by itself, and in which window. */
export function ownWindow(connection: RatedConnection): CountedWindow | null {
  return countedWindow(connection.provider, agreedWindow(connection.app))
}

/** Whose calls a bucket counts, in words. */
export function bucketWords(provider: ProviderId, bucket: string): string {
  return provider === 'outreach' && bucket.startsWith('outreach:user:')
    ? 'Counted per user: every program that calls Outreach as this person spends from it.'
    : 'Counted for this connection.'
}
