import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { rulesSql } from '../rate-limits/bucket-rules'

export const bucketSortKeys = ['used', 'left', 'resets', 'empty', 'refused'] as const
export type BucketSortKey = (typeof bucketSortKeys)[number]
export type BucketSort = { key: BucketSortKey; direction: 'asc' | 'desc' }

/** A place in the list: a value alone would skip buckets that share it. */
export type BucketPlace = { value: number; bucket: string }

const nowMs = 'extract(epoch FROM $3::timestamptz) * 1000'

/** Used share, in millionths, from which a limit counts as nearly used up. */
export const nearShare = 800_000

/** Whole numbers, so that a cursor names them exactly; what is not known sorts as very far away. Fixed texts, never a person's words. */
const sortValues: Record<BucketSortKey, string> = {
  used: 'w.share',
  left: "coalesce(CASE WHEN w.source = 'own_count' THEN w.room ELSE w.remaining END, 2000000000)",
  resets: 'CASE WHEN w.resets_at > $3 THEN extract(epoch FROM w.resets_at)::bigint ELSE 9000000000 END',
  empty: `CASE WHEN w.blocked_until > $3 OR w.room <= w.reserve THEN 0 WHEN u.recent > 0 AND w.room IS NOT NULL
    THEN least(2000000000, round(900.0 * w.room / u.recent)) ELSE 2000000000 END`,
  refused: 'coalesce(u.limited, 0)',
}

/**
 * What is used now, as `rateView` tells it: what is older than a window counts no longer, whatever the newest slot says, and a header's
 * figures hold until its reset. Slots are added up for those that are told to be nearly used up; a hundred thousand, which are only
 * put in order, would take seconds.
 */
const usedNow = `CASE
    WHEN resets_at <= $3 THEN 0
    WHEN source = 'headers' THEN CASE WHEN as_of > $3 - make_interval(secs => coalesce(window_s, 3600))
      THEN greatest(used, "limit" - coalesce(remaining, "limit")) ELSE 0 END
    WHEN window_s IS NULL OR $2::int = 0 THEN used
    ELSE (
      SELECT coalesce(sum(value::int), 0) FROM jsonb_each_text(slots)
      WHERE key::bigint BETWEEN floor((${nowMs} - ${rulesSql.graceMs} - window_s * 1000) / ${rulesSql.slotMs})
        AND floor((${nowMs} + window_s * 1000) / ${rulesSql.slotMs})
    ) END`

const withUsage = `LEFT JOIN (
    SELECT bucket, sum(limited) AS limited,
      sum(ok + refused + limited + failed) FILTER (WHERE minute > $3::timestamptz - interval '15 minutes') AS recent
    FROM usage_minute WHERE minute > $3::timestamptz - interval '24 hours' GROUP BY bucket
  ) u ON u.bucket = w.bucket`

/**
 * The buckets of live connections, in an order. A window that has passed and one without a limit count as unused.
 *
 * @param query.near only those of which four fifths are used
 */
export async function bucketKeys(
  deps: Pick<Deps, 'sql' | 'clock'>,
  query: {
    provider: ProviderId | null
    near: boolean
    sort: BucketSort
    after: BucketPlace | null
    take: number
  },
): Promise<BucketPlace[]> {
  const { provider, near, sort, after, take } = query
  const statement = { name: `bucket_keys_${sort.key}_${sort.direction}`, text: statementText(sort) }
  return deps.sql.run<BucketPlace>(statement, [
    provider,
    near ? nearShare : 0,
    deps.clock.now(),
    after?.bucket ?? null,
    after?.value ?? 0,
    take,
  ])
}

function statementText({ key, direction }: BucketSort): string {
  const beyond = direction === 'desc' ? '<' : '>'
  return `
    SELECT bucket, value FROM (
      SELECT w.bucket, (${sortValues[key]})::float8 AS value
      FROM (
        SELECT *, CASE WHEN "limit" IS NOT NULL THEN greatest(0, "limit" - used_now) END AS room, ${rulesSql.reserve} AS reserve,
          CASE WHEN "limit" > 0 THEN least(1000000, round(1000000.0 * used_now / "limit")) ELSE 0 END::int AS share
        FROM (
          SELECT *, ${usedNow} AS used_now FROM rate_window
          -- What was used can only have become less since.
          WHERE $2::int = 0 OR 1000000.0 * greatest(used, "limit" - coalesce(remaining, "limit")) >= $2::bigint * "limit"
          -- So that it is added up once.
          OFFSET 0
        ) counted
      ) w ${key === 'empty' || key === 'refused' ? withUsage : ''}
      WHERE ($1::text IS NULL OR w.provider::text = $1) AND w.share >= $2::int
        AND w.bucket IN (
          SELECT provider || ':connection:' || id FROM connection WHERE lifecycle = 'live'
          UNION ALL
          SELECT 'outreach:user:' || coalesce(external_org_id, '-') || ':' || external_account_id FROM connection
          WHERE lifecycle = 'live' AND provider = 'outreach' AND grant_kind = 'oauth_code'
            AND external_account_id IS NOT NULL
        )
    ) found
    WHERE $4::text IS NULL OR value ${beyond} $5::float8 OR (value = $5::float8 AND bucket > $4)
    ORDER BY value ${direction === 'desc' ? 'DESC' : 'ASC'}, bucket
    LIMIT $6::int`
}

/** The fullest buckets: what the overview shows. */
export async function fullestBuckets(
  deps: Pick<Deps, 'sql' | 'clock'>,
  { provider, near, take }: { provider: ProviderId | null; near: boolean; take: number },
): Promise<string[]> {
  const sort: BucketSort = { key: 'used', direction: 'desc' }
  const places = await bucketKeys(deps, { provider, near, sort, after: null, take })
  return places.map(({ bucket }) => bucket)
}
