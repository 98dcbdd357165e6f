import type { Deps } from '../deps'

/** A connection whose token somebody took, and the minute it was in: epoch milliseconds of its begin. */
export type UsedMinute = { connectionId: string; minuteMs: number }

const lastMsOfMinute = 59_999

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

/**
 * Remembers when the token of each connection was last asked for: the plan of its renewals and the pages read it. Whoever writes down
 * what was used says it, a moment later; one write for each connection and minute is made at most. Never rejects: what cannot be written is not
 * worth writing the rest again, and the next use is noted as well.
 */
export async function markUsed(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  used: Iterable<UsedMinute>,
): Promise<void> {
  const nowMs = clock.now().getTime()
  const uses = new Map<string, number>()
  for (const { connectionId, minuteMs } of used)
    uses.set(connectionId, Math.max(uses.get(connectionId) ?? 0, Math.min(nowMs, minuteMs + lastMsOfMinute)))
  const rows = [...uses].map(([id, atMs]) => ({ id, at: new Date(atMs) }))
  await sql
    .run(writeUses, [JSON.stringify(rows)])
    .catch((err) => log.warn({ err }, 'when connections were last used could not be written'))
}
