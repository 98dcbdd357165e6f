/**
 * Brings buckets up to date and reserves permits, one item each (`BucketChange`, bucket-store.ts). Rows are locked before they are
 * read, in the order of their names: each process sees what the one before it has left, and none waits for another in a circle.
 * What is counted may be lost when PostgreSQL crashes within half a second: no call waits for the disk.
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
      WHERE soon.setting IS NOT NULL
    ), stored AS MATERIALIZED (
      SELECT * FROM rate_window WHERE bucket IN (SELECT bucket FROM item) ORDER BY bucket FOR UPDATE
    ), told AS MATERIALIZED (
      SELECT item.*, stored.slots, stored.in_flight, stored.window_s,
        greatest(stored.blocked_until, item.blocked_until) AS quiet_until,
        greatest(stored.last_429_at, item.last_429_at) AS newest_429_at,
        header.*, coalesce(header.resets_at, header.as_of + item.window_ms * interval '1 millisecond') AS ends_at
      FROM item JOIN stored ON stored.bucket = item.bucket
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
    )
    UPDATE rate_window AS stored SET
      provider = granted.provider,
      window_s = granted.window_ms / 1000,
      slots = CASE WHEN granted.count = 0 THEN granted.taken_now ELSE granted.taken_now || jsonb_build_object(
        granted.slot::text, coalesce((granted.taken_now ->> granted.slot::text)::int, 0) + granted.count) END,
      in_flight = CASE WHEN granted.count = 0 OR granted.flown IS NULL THEN granted.flown_now
        ELSE granted.flown_now || jsonb_build_object(
          granted.slot::text, coalesce((granted.flown_now ->> granted.slot::text)::int, 0) + granted.count) END,
      blocked_until = granted.quiet_until,
      last_429_at = granted.newest_429_at,
      "limit" = CASE WHEN granted.as_of IS NOT NULL THEN granted.full_limit ELSE granted."limit" END,
      used = CASE WHEN granted.as_of IS NOT NULL THEN greatest(0, granted.full_limit - granted.remaining)
        ELSE granted.used + granted.count END,
      remaining = CASE WHEN granted.as_of IS NOT NULL THEN granted.remaining
        WHEN granted."limit" IS NOT NULL THEN greatest(0, granted."limit" - granted.used - granted.count) END,
      resets_at = CASE WHEN granted.as_of IS NOT NULL THEN granted.resets_at
        WHEN granted.used + granted.count > 0 THEN to_timestamp(
          ((CASE WHEN granted.count > 0 THEN granted.slot ELSE granted.last_slot END + 1) * granted.slot_ms
            + granted.grace_ms + granted.window_ms) / 1000.0) END,
      source = CASE WHEN granted.as_of IS NOT NULL THEN 'headers' ELSE 'own_count' END::"LimitSource",
      as_of = coalesce(granted.as_of, granted.now)
    FROM granted WHERE stored.bucket = granted.bucket
    RETURNING granted.n, granted.count AS granted, granted.room - granted.count AS room, stored.slots,
      stored."limit", CASE WHEN stored.source = 'headers' THEN granted.ends_at END AS "endsAt",
      stored.blocked_until AS "blockedUntil"`,
}

/** Makes the rows that are not there yet. */
export const beginBuckets = {
  name: 'begin_buckets',
  text: `
    INSERT INTO rate_window (bucket, provider, used, source, as_of)
    SELECT bucket, provider, 0, 'own_count', now
    FROM jsonb_to_recordset($1::jsonb) AS item (bucket text, provider "Provider", now timestamptz)
    ORDER BY bucket
    ON CONFLICT DO NOTHING`,
}
