import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { type RateWindowView, rateSelect, rateView } from '../rate-limits/bucket-view'
import { type BucketConnection, bucketOwners } from './bucket-owners'

export type RateRow = {
  bucket: string
  provider: ProviderId
  /** Whose calls it counts, several where a user has several connections. */
  connections: BucketConnection[]
  view: RateWindowView
  /** Its app has a bypass header, but not the limit that was agreed with it: only Retry-After slows Patchbay. */
  agreedLimitMissing: boolean
}

/** The windows of these buckets, in their order. */
export async function rateRows(
  deps: Pick<Deps, 'db' | 'clock'>,
  buckets: readonly string[],
): Promise<RateRow[]> {
  const now = deps.clock.now()
  const [windows, owners, bypassed] = await Promise.all([
    deps.db.rateWindow.findMany({
      where: { bucket: { in: [...buckets] } },
      select: { bucket: true, ...rateSelect },
    }),
    bucketOwners(deps, buckets),
    deps.db.providerApp.findMany({
      where: { rateLimitBypassSealed: { not: null }, agreedLimit: null },
      select: { id: true },
    }),
  ])
  const withoutLimit = new Set(bypassed.map((app) => app.id))
  const byBucket = new Map(windows.map((window) => [window.bucket, window]))
  return buckets.flatMap((bucket) => {
    const window = byBucket.get(bucket)
    if (!window) return []
    const connections = owners.get(bucket) ?? []
    return [
      {
        bucket,
        provider: window.provider,
        connections,
        view: rateView(window, now),
        agreedLimitMissing: connections.some(({ appId }) => withoutLimit.has(appId)),
      },
    ]
  })
}
