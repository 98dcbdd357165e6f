import type { Deps } from '../deps'

/** A connection whose token somebody took, and the minute it was in: epoch milliseconds of its begin. */
export type UsedMinute = { connectionId: string; minuteMs: number }

const lastMsOfMinute = 59_999

/**
 * A row that somebody holds is left out: this waits for nobody, and the next use is noted as well. Rows are looked up one by one, as in
 * `syncBuckets`.
 */
const writeUses = {
  name: 'connection_last_used',
  text: `
    WITH free AS MATERIALIZED (
      SELECT kept.place, used.at FROM unnest((SELECT $1::text[]), (SELECT $2::timestamptz[])) AS used (id, at)
      CROSS JOIN LATERAL (
        SELECT connection_use.ctid AS place FROM connection_use
        WHERE connection_use.connection_id = used.id
          AND (connection_use.last_used_at IS NULL OR connection_use.last_used_at <= used.at - interval '1 minute')
        LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
      ) AS kept
    )
    UPDATE connection_use SET last_used_at = free.at FROM free WHERE connection_use.ctid = free.place`,
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
  const instants = Array.from(uses.values(), (atMs) => new Date(atMs).toISOString())
  await sql
    .run(writeUses, [[...uses.keys()], instants])
    .catch((err) => log.warn({ err }, 'when connections were last used could not be written'))
}
