const names = [
  'bucket',
  'provider',
  'window_s',
  'slots',
  'in_flight',
  'blocked_until',
  'last_429_at',
  '"limit"',
  'used',
  'remaining',
  'resets_at',
  'source',
  'as_of',
]
const columns = names.join(', ')
const excluded = names.map((name) => `excluded.${name}`).join(', ')

/**
 * Brings buckets up to date and reserves permits, one item each (`BucketChange`, bucket-store.ts). Rows are locked before they are
 * read, in the order of their names: each process sees what the one before it has left, and none waits for another in a circle. A
 * bucket that is not there yet is made; for one that another process makes at the same time no row comes back, and nothing of its item is
 * counted.
 *
 * Rows are looked up one by one, whatever the planner thinks of the table: the plan is made once for each connection, perhaps while
 * the table is empty, and a scan of the whole would stay when it has grown. What is counted may be lost when PostgreSQL crashes within
 * half a second: no call waits for the disk.
 */
export const syncBuckets = {
  name: 'sync_buckets',
  text: `
    WITH item AS MATERIALIZED (
      SELECT item.* FROM (SELECT set_config('synchronous_commit', 'off', true)) AS soon (setting),
        jsonb_to_recordset($1::jsonb) AS item (n int, bucket text, provider "Provider", "limit" int, reserve int,
          window_ms bigint, slot_ms bigint, grace_ms bigint, now timestamptz, slot bigint, oldest bigint, newest bigint,
          taken jsonb, flown jsonb, want int, spare int, told_limit int, told_remaining int, told_resets_at timestamptz,
          told_at timestamptz, blocked_until timestamptz, last_429_at timestamptz)
      WHERE soon.setting IS NOT NULL ORDER BY bucket
    ), stored AS MATERIALIZED (
      SELECT kept.* FROM item CROSS JOIN LATERAL (
        SELECT * FROM rate_window WHERE rate_window.bucket = item.bucket LIMIT 1 FOR UPDATE
      ) AS kept
    ), told AS MATERIALIZED (
      SELECT item.*, stored.bucket IS NOT NULL AS is_stored, stored.slots, stored.in_flight, stored.window_s,
        greatest(stored.blocked_until, item.blocked_until) AS quiet_until,
        greatest(stored.last_429_at, item.last_429_at) AS newest_429_at,
        header.*, coalesce(header.resets_at, header.as_of + item.window_ms * interval '1 millisecond') AS ends_at
      FROM item LEFT JOIN stored ON stored.bucket = item.bucket
      LEFT JOIN LATERAL (
        SELECT * FROM (VALUES
          (coalesce(item.told_limit, item."limit"), item.told_remaining, item.told_resets_at, item.told_at),
          (stored."limit", stored.remaining, stored.resets_at,
            CASE WHEN stored.source = 'headers' THEN stored.as_of END)
        ) AS header (full_limit, remaining, resets_at, as_of)
        WHERE as_of IS NOT NULL ORDER BY as_of DESC LIMIT 1
      ) AS header ON true
    ), counted AS MATERIALIZED (
      SELECT told.*, taken_slots.counts AS taken_now, taken_slots.total AS used, taken_slots.last_slot,
        flown_slots.counts AS flown_now, CASE
          WHEN told.quiet_until > told.now THEN 0
          WHEN told.ends_at > told.now AND told.as_of + told.window_ms * interval '1 millisecond' > told.now
            THEN told.remaining - flown_slots.total - told.reserve
          WHEN told."limit" IS NULL THEN 1000000000
          ELSE told."limit" - taken_slots.total - told.reserve END AS room
      FROM told
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(slot, taken), '{}') AS counts, coalesce(sum(taken), 0)::int AS total, max(slot) AS last_slot
        FROM (
          SELECT key::bigint AS slot, sum(value::int)::int AS taken FROM (
            -- Slots of a window of another length have other numbers.
            SELECT * FROM jsonb_each_text(told.slots) WHERE told.window_s * 1000 = told.window_ms
            UNION ALL SELECT * FROM jsonb_each_text(told.taken)
          ) AS entry GROUP BY 1
        ) AS merged
        WHERE taken > 0 AND slot <= told.newest AND slot >= greatest(told.oldest,
          CASE WHEN told.resets_at <= told.now THEN floor(extract(epoch FROM told.resets_at) * 1000 / told.slot_ms)::bigint END)
      ) AS taken_slots
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(slot, taken), '{}') AS counts, coalesce(sum(taken), 0)::int AS total
        FROM (
          SELECT key::bigint AS slot, sum(value::int)::int AS taken FROM (
            SELECT * FROM jsonb_each_text(told.in_flight) UNION ALL SELECT * FROM jsonb_each_text(told.flown)
          ) AS entry GROUP BY 1
        ) AS merged
        -- A process that was killed reports nothing: its calls have long reached the provider.
        WHERE taken > 0 AND slot BETWEEN told.slot - 2 AND told.newest
      ) AS flown_slots
    ), granted AS MATERIALIZED (
      SELECT counted.*, greatest(0, least(want + least(spare, greatest(0, room) / 20), room)) AS count FROM counted
    ), settled AS MATERIALIZED (
      SELECT n, is_stored, count AS granted, room - count AS room, ends_at, as_of IS NOT NULL AS is_told, bucket, provider,
        window_ms / 1000 AS window_s,
        CASE WHEN count = 0 THEN taken_now ELSE taken_now || jsonb_build_object(
          slot::text, coalesce((taken_now ->> slot::text)::int, 0) + count) END AS slots,
        CASE WHEN count = 0 OR flown IS NULL THEN flown_now ELSE flown_now || jsonb_build_object(
          slot::text, coalesce((flown_now ->> slot::text)::int, 0) + count) END AS in_flight,
        quiet_until AS blocked_until, newest_429_at AS last_429_at,
        CASE WHEN as_of IS NOT NULL THEN full_limit ELSE "limit" END AS "limit",
        CASE WHEN as_of IS NOT NULL THEN greatest(0, full_limit - remaining) ELSE used + count END AS used,
        CASE WHEN as_of IS NOT NULL THEN remaining WHEN "limit" IS NOT NULL THEN greatest(0, "limit" - used - count) END AS remaining,
        CASE WHEN as_of IS NOT NULL THEN resets_at WHEN used + count > 0 THEN to_timestamp(
          ((CASE WHEN count > 0 THEN slot ELSE last_slot END + 1) * slot_ms + grace_ms + window_ms) / 1000.0) END AS resets_at,
        CASE WHEN as_of IS NOT NULL THEN 'headers' ELSE 'own_count' END::"LimitSource" AS source,
        coalesce(as_of, now) AS as_of
      FROM granted
    ), begun AS (
      INSERT INTO rate_window (${columns}) SELECT ${columns} FROM settled WHERE NOT is_stored ORDER BY bucket
      -- Waits for nobody who waits for the rows that are locked here.
      ON CONFLICT DO NOTHING RETURNING bucket
    ), changed AS (
      INSERT INTO rate_window (${columns}) SELECT ${columns} FROM settled WHERE is_stored
      ON CONFLICT (bucket) DO UPDATE SET (${columns}) = ROW(${excluded}) RETURNING bucket
    )
    SELECT n, granted, room, slots, "limit", CASE WHEN is_told THEN ends_at END AS "endsAt", blocked_until AS "blockedUntil"
    FROM settled JOIN (TABLE begun UNION ALL TABLE changed) AS kept USING (bucket)`,
}
