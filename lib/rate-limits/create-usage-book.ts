import { createBatchWriter } from '../cache/batch-writer'
import type { Deps } from '../deps'
import { markUsed, type UsedMinute } from './mark-used'
import type { RateNews } from './rate-news'
import type { UsageBook } from './usage-book'
import { createUsageSheets } from './usage-sheets'
import type { UsageTally } from './usage-tally'

const everyMs = 2_000
const sizeMax = 250
/** At most five thousand rows a second: more accounts than a process can call. */
const pauseMs = 50
/** Rows kept while the database cannot be written to. */
const heldMax = 50_000

const writeUsage = {
  name: 'write_usage',
  text: `
    INSERT INTO usage_minute AS stored (minute, connection_id, api_key_id, method, route, bucket, calls, ok, refused, limited, held,
      failed, bytes_up, bytes_down, duration_ms)
    SELECT to_timestamp(minute / 1000), connection_id, api_key_id, method, route, bucket, calls, ok, refused, limited, held,
      failed, bytes_up, bytes_down, duration_ms
    FROM jsonb_to_recordset($1::jsonb) AS item (minute bigint, connection_id text, api_key_id text, method text, route text,
      bucket text, calls int, ok int, refused int, limited int, held int, failed int, bytes_up bigint, bytes_down bigint,
      duration_ms bigint)
    ORDER BY connection_id, minute, api_key_id, method, route
    ON CONFLICT (connection_id, minute, api_key_id, method, route) DO UPDATE SET
      calls = stored.calls + excluded.calls, ok = stored.ok + excluded.ok, refused = stored.refused + excluded.refused,
      limited = stored.limited + excluded.limited, held = stored.held + excluded.held,
      failed = stored.failed + excluded.failed, bytes_up = stored.bytes_up + excluded.bytes_up,
      bytes_down = stored.bytes_down + excluded.bytes_down, duration_ms = stored.duration_ms + excluded.duration_ms`,
}

/** Adds calls up by minute, connection, key, method and route; statements of some hundred rows write them, two seconds later. */
export function createUsageBook({
  clock,
  sql,
  log,
  news,
}: Pick<Deps, 'clock' | 'sql' | 'log'> & { news: RateNews }): UsageBook {
  const onError = (error: unknown) => log.warn({ err: error }, 'calls could not be added to the usage')
  const sheets = createUsageSheets(heldMax)
  const { plan, flush, close } = createBatchWriter<UsageTally[]>({
    gathered: sheets,
    everyMs,
    sizeMax,
    pauseMs,
    write: async (tallies) => {
      await sql.run(writeUsage, [JSON.stringify(tallies)])
      for (const { bucket } of tallies) news.changed(bucket)
      await markUsed({ clock, sql, log }, usesOf(tallies))
    },
    onError,
  })
  return {
    add(call) {
      sheets.add(call, clock.now().getTime())
      plan()
    },
    flush,
    close,
  }
}

function* usesOf(tallies: Iterable<UsageTally>): Generator<UsedMinute> {
  for (const { connection_id, minute } of tallies) yield { connectionId: connection_id, minuteMs: minute }
}
