import { type BucketOwner, bucketOf, type CountedWindow } from './bucket'
import type { BucketFacts } from './permit-book'

/** What of a connection and its app decides how its calls are counted. */
export type CountedConnection = BucketOwner & {
  app: {
    agreedLimit: number | null
    agreedWindowS: number | null
    /** A bypass header is entered. */
    isBypassed: boolean
  }
}

export function bucketFacts(connection: CountedConnection): BucketFacts {
  const { provider, app } = connection
  return { bucket: bucketOf(connection), provider, agreed: agreedWindow(app), bypassed: app.isBypassed }
}

/** Limit and window agreed with the provider for this app, where both are entered. */
export function agreedWindow({
  agreedLimit,
  agreedWindowS,
}: Pick<CountedConnection['app'], 'agreedLimit' | 'agreedWindowS'>): CountedWindow | null {
  return agreedLimit !== null && agreedWindowS !== null
    ? { limit: agreedLimit, windowS: agreedWindowS }
    : null
}
