import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { type ProviderId, providerIds } from '../core/provider'
import type { Deps } from '../deps'
import { type BucketConnection, bucketOwners } from './bucket-owners'
import { type RateWindowView, rateSelect, rateView } from './rate-view'

const pageSize = 50

export type RateRow = {
  bucket: string
  provider: ProviderId
  /** Whose calls it counts, several where a user has several connections. */
  connections: BucketConnection[]
  view: RateWindowView
}

export type RateLimitsPage = {
  filters: { provider: ProviderId | null }
  rows: RateRow[]
  /** Cursors; `null` where there is nothing. */
  next: string | null
  isFirst: boolean
  /** Live connections, to tell "nothing connected" from "nothing counted yet". */
  liveConnections: number
}

/**
 * The newest window of each bucket, the fullest first.
 *
 * @param params of the URL: `provider`, `after` (a cursor of an earlier page)
 * @throws PatchbayError `forbidden`
 */
export async function rateLimitsPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  params: Readonly<Record<string, unknown>>,
): Promise<RateLimitsPage> {
  requireRole(actor, 'viewer')
  const provider = providerIds.find((id) => id === params.provider) ?? null
  const after = readCursor(params.after)
  const found = await fullestBuckets(deps, { provider, after, take: pageSize + 1 })
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    filters: { provider },
    rows: await rateRows(
      deps,
      shown.map((row) => row.bucket),
    ),
    next: found.length > pageSize && last ? `${last.share}~${last.bucket}` : null,
    isFirst: after === null,
    liveConnections: await deps.db.connection.count({
      where: { lifecycle: 'live', ...(provider ? { provider } : {}) },
    }),
  }
}

type Cursor = { share: number; bucket: string }

/** `share~bucket`: a share alone would skip buckets that are equally full. */
function readCursor(value: unknown): Cursor | null {
  const match = typeof value === 'string' ? value.match(/^(\d{1,9})~([\w:.@-]{1,300})$/) : null
  return match?.[1] && match[2] ? { share: Number(match[1]), bucket: match[2] } : null
}

const bucketRowsSchema = z.array(z.object({ bucket: z.string(), share: z.coerce.number() }))

/**
 * Buckets by how much of them is used, in millionths; a window that has passed and one without a limit count as unused. A bucket of
 * connections that have ended is left out.
 */
export async function fullestBuckets(
  deps: Pick<Deps, 'db' | 'clock'>,
  { provider, after, take }: { provider: ProviderId | null; after: Cursor | null; take: number },
): Promise<Cursor[]> {
  const now = deps.clock.now()
  const rows = await deps.db.$queryRaw`
    SELECT bucket, share FROM (
      SELECT w.bucket,
        CASE WHEN w."limit" > 0 AND (w.resets_at IS NULL OR w.resets_at > ${now})
          THEN least(1000000, round(1000000.0 * greatest(w.used, w."limit" - coalesce(w.remaining, w."limit")) / w."limit"))
          ELSE 0 END::int AS share
      FROM rate_window w
      WHERE (${provider}::text IS NULL OR w.provider::text = ${provider}::text)
        AND EXISTS (
          SELECT 1 FROM connection c
          WHERE c.lifecycle = 'live' AND c.provider = w.provider
            AND (w.bucket = c.provider || ':connection:' || c.id
              OR w.bucket = 'outreach:user:' || coalesce(c.external_org_id, '-') || ':' || c.external_account_id)
        )
    ) filled
    WHERE ${after?.bucket ?? null}::text IS NULL
      OR share < ${after?.share ?? 0}::int
      OR (share = ${after?.share ?? 0}::int AND bucket > ${after?.bucket ?? null}::text)
    ORDER BY share DESC, bucket
    LIMIT ${take}::int`
  return bucketRowsSchema.parse(rows)
}

/** The windows of these buckets, in their order. */
export async function rateRows(
  deps: Pick<Deps, 'db' | 'clock'>,
  buckets: readonly string[],
): Promise<RateRow[]> {
  const now = deps.clock.now()
  const [windows, owners] = await Promise.all([
    deps.db.rateWindow.findMany({
      where: { bucket: { in: [...buckets] } },
      select: { bucket: true, provider: true, ...rateSelect },
    }),
    bucketOwners(deps, buckets),
  ])
  const byBucket = new Map(windows.map((window) => [window.bucket, window]))
  return buckets.flatMap((bucket) => {
    const window = byBucket.get(bucket)
    if (!window) return []
    const { provider } = window
    return [{ bucket, provider, connections: owners.get(bucket) ?? [], view: rateView(window, now) }]
  })
}
