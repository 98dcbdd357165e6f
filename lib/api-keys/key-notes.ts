import { createBatchWriter } from '../cache/batch-writer'
import { createGatheredNotes } from '../cache/gathered-notes'
import type { Deps } from '../deps'
import { markUsed } from '../rate-limits/mark-used'
import { createReadSheets, type ReadsRow } from './read-sheets'

const everyMs = 2_000
const sizeMax = 250
/** At most a thousand rows a second: what comes faster waits, and does not slow what is asked for. */
const pauseMs = 250
const minuteMs = 60_000

/** What keys did, gathered and written in batches. */
export type KeyNotes = {
  noteUse(keyId: string): void
  noteTokenRead(keyId: string, connectionId: string): void
  flush(): Promise<void>
  close(): Promise<void>
}

/** Both statements lock their rows in one order, so that two processes that write the same ones do not wait in a ring. */
const writeUses = {
  name: 'api_key_last_used',
  text: `
    WITH used AS (
      SELECT api_key.id, noted.at FROM json_to_recordset($1::json) AS noted (id text, at timestamptz)
      JOIN api_key ON api_key.id = noted.id
      WHERE api_key.last_used_at IS NULL OR api_key.last_used_at < noted.at
      ORDER BY api_key.id FOR NO KEY UPDATE OF api_key
    )
    UPDATE api_key SET last_used_at = used.at FROM used WHERE api_key.id = used.id`,
}

const writeReads = {
  name: 'token_read_add',
  text: `
    INSERT INTO token_read (connection_id, minute, api_key_id, reads)
    SELECT "connectionId", minute, "keyId", reads
    FROM json_to_recordset($1::json) AS noted ("connectionId" text, minute timestamptz, "keyId" text, reads int)
    ORDER BY "connectionId", minute, "keyId"
    ON CONFLICT (connection_id, minute, api_key_id) DO UPDATE SET reads = token_read.reads + excluded.reads`,
}

export function createKeyNotes(deps: Pick<Deps, 'clock' | 'sql' | 'log' | 'events'>): KeyNotes {
  const onError = (error: unknown) =>
    deps.log.warn({ err: error }, 'what API keys did could not be written; it is tried again')
  const tellPages = () => deps.events.publish({ topic: 'rate', id: 'api_keys' })
  const uses = createGatheredNotes<number>({
    everyMs,
    sizeMax,
    pauseMs,
    join: Math.max,
    write: async (notes) => {
      const rows = [...notes].map(([id, atMs]) => ({ id, at: new Date(atMs) }))
      await deps.sql.run(writeUses, [JSON.stringify(rows)])
      await tellPages()
    },
    onError,
  })
  const sheets = createReadSheets()
  const reads = createBatchWriter<ReadsRow[]>({
    gathered: sheets,
    everyMs,
    sizeMax,
    pauseMs,
    write: async (rows) => {
      const noted = rows.map((row) => ({ ...row, minute: new Date(row.minuteMs) }))
      await deps.sql.run(writeReads, [JSON.stringify(noted)])
      await markUsed(deps, rows)
      await tellPages()
    },
    onError,
  })

  return {
    noteUse: (keyId) => uses.note(keyId, deps.clock.now().getTime()),
    noteTokenRead(keyId, connectionId) {
      const nowMs = deps.clock.now().getTime()
      sheets.add(keyId, connectionId, nowMs - (nowMs % minuteMs))
      reads.plan()
    },
    async flush() {
      await Promise.all([uses.flush(), reads.flush()])
    },
    async close() {
      await Promise.all([uses.close(), reads.close()])
    },
  }
}
