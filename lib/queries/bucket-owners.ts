import type { Environment } from '../core/provider'
import type { Deps } from '../deps'
import { type BucketOwner, bucketOf, ownerSelect } from '../rate-limits/bucket'

/** A connection that a bucket counts. */
export type BucketConnection = {
  id: string
  name: string
  orgName: string | null
  appId: string
  environment: Environment
  /** Of the local sandbox, whatever credentials its app has. */
  isSandbox: boolean
}

const select = {
  ...ownerSelect,
  label: true,
  accountName: true,
  orgName: true,
  app: { select: { id: true, environment: true, origin: true } },
} as const

type Row = BucketOwner & {
  label: string | null
  accountName: string
  orgName: string | null
  app: { id: string; environment: Environment; origin: string }
}

/** The live connections whose calls each of these buckets counts; a bucket of an ended connection has none. */
export async function bucketOwners(
  deps: Pick<Deps, 'db'>,
  buckets: readonly string[],
): Promise<Map<string, BucketConnection[]>> {
  const ids = buckets.flatMap((bucket) => bucket.match(/^[a-z]+:connection:(.+)$/)?.[1] ?? [])
  const users = buckets.flatMap((bucket) => bucket.match(/^outreach:user:[^:]*:(.+)$/)?.[1] ?? [])
  const rows: Row[] = await deps.db.connection.findMany({
    where: {
      lifecycle: 'live',
      OR: [
        { id: { in: ids } },
        { provider: 'outreach', grantKind: 'oauth_code', externalAccountId: { in: users } },
      ],
    },
    orderBy: { id: 'asc' },
    select,
  })
  const owners = new Map<string, BucketConnection[]>(buckets.map((bucket) => [bucket, []]))
  for (const row of rows) {
    owners.get(bucketOf(row))?.push({
      id: row.id,
      name: row.label ?? row.accountName,
      orgName: row.orgName,
      appId: row.app.id,
      environment: row.app.environment,
      isSandbox: row.app.origin === 'sandbox',
    })
  }
  return owners
}
