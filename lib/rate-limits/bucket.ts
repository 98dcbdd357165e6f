import { type GrantKind, type ProviderId, providerIds } from '../core/provider'

const minuteS = 60
const hourS = 60 * minuteS

export type BucketOwner = {
  id: string
  provider: ProviderId
  grantKind: GrantKind
  externalAccountId: string | null
  externalOrgId: string | null
}

/** Columns of `connection` that name its bucket. */
export const ownerSelect = {
  id: true,
  provider: true,
  grantKind: true,
  externalAccountId: true,
  externalOrgId: true,
} as const

/**
 * Name of the bucket that a connection's calls are counted in. Outreach counts per user, whatever app the call comes from, so
 * that user's connections share one; the others are counted per connection (providers.md 1.2, 2.10, 3.3).
 */
export function bucketOf(connection: BucketOwner): string {
  const { provider, grantKind, externalAccountId, externalOrgId } = connection
  if (provider === 'outreach' && grantKind === 'oauth_code' && externalAccountId) {
    return ['outreach', 'user', externalOrgId ?? '-', externalAccountId].join(':')
  }
  return [provider, 'connection', connection.id].join(':')
}

/** @throws Error for what `bucketOf` has not made */
export function providerOfBucket(bucket: string): ProviderId {
  const provider = providerIds.find((id) => bucket.startsWith(`${id}:`))
  if (!provider) throw new Error('not the name of a bucket')
  return provider
}

/** `limit` is `null` where the provider publishes none. */
export type CountedWindow = { limit: number | null; windowS: number }

/** What Patchbay counts by itself where answers carry no figures; `null` where they do. */
export function countedWindow(provider: ProviderId, agreed: CountedWindow | null): CountedWindow | null {
  switch (provider) {
    case 'outreach':
      return null
    case 'envoy':
      return agreed ?? { limit: null, windowS: hourS }
    case 'outstand':
      return agreed ?? { limit: 300, windowS: 5 * minuteS }
  }
}
