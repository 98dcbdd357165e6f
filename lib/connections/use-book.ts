import { createGatheredNotes } from '../cache/gathered-notes'
import type { Deps } from '../deps'

const everyMs = 2_000
const sizeMax = 500

/** Remembers when the token of each connection was last asked for: the plan of its renewals and the pages read it. */
export type UseBook = {
  /** Costs no write; at most one follows for each connection and minute. */
  note(connectionId: string): void
  /** Writes what is gathered. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** A row that somebody holds is left out: this waits for nobody, and the next use is noted as well. */
const writeUses = {
  name: 'connection_last_used',
  text: `
    WITH free AS (
      SELECT connection.id, used.at FROM json_to_recordset($1::json) AS used (id text, at timestamptz)
      JOIN connection ON connection.id = used.id
      WHERE connection.last_used_at IS NULL OR connection.last_used_at <= used.at - interval '1 minute'
      FOR NO KEY UPDATE OF connection SKIP LOCKED
    )
    UPDATE connection SET last_used_at = free.at FROM free WHERE connection.id = free.id`,
}

export function createUseBook(deps: Pick<Deps, 'clock' | 'sql' | 'log'>): UseBook {
  const notes = createGatheredNotes<Date>({
    everyMs,
    sizeMax,
    join: (_earlier, later) => later,
    write: async (uses) => {
      await deps.sql.run(writeUses, [JSON.stringify([...uses].map(([id, at]) => ({ id, at })))])
    },
    onError: (error) => deps.log.warn({ err: error }, 'the last uses of connections could not be written'),
  })
  return {
    note: (connectionId) => notes.note(connectionId, deps.clock.now()),
    flush: notes.flush,
    close: notes.close,
  }
}
