import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'

/** How often one API key read a connection's token within one hour. */
export type ReadsRow = {
  key: { id: string; name: string }
  reads: number
  /** The minutes of the first and the last read. */
  from: Date
  to: Date
}

export type HistoryReads = { id: string; at: Date; reads: ReadsRow }

/** Hours are those of UTC. A row is as old as its last read; its id tells it from other hours of the same key. */
const statement: NamedStatement = {
  name: 'history_token_reads',
  text: `
    SELECT grouped.id, grouped.at, grouped.from_minute AS "from", grouped.reads,
      grouped.key_id AS "keyId", coalesce(api_key.name, grouped.key_id) AS "keyName"
    FROM (
      SELECT api_key_id AS key_id, min(minute) AS from_minute, max(minute) AS at, sum(reads)::float8 AS reads,
        api_key_id || '_' || extract(epoch FROM max(minute))::bigint AS id
      FROM token_read
      WHERE connection_id = $1
        AND ($2::timestamptz IS NULL OR minute < date_trunc('hour', $2::timestamptz, 'UTC') + interval '1 hour')
      GROUP BY date_trunc('hour', minute, 'UTC'), api_key_id
    ) grouped
    LEFT JOIN api_key ON api_key.id = grouped.key_id
    WHERE $2::timestamptz IS NULL OR grouped.at < $2 OR (grouped.at = $2 AND grouped.id < $3)
    ORDER BY grouped.at DESC, grouped.id DESC LIMIT $4`,
}

type StoredReads = { id: string; at: Date; from: Date; reads: number; keyId: string; keyName: string }

/** Token reads of a connection by hour and key, the newest first, older than the cursor. */
export async function historyReads(
  deps: Pick<Deps, 'sql'>,
  connectionId: string,
  cursor: { at: Date; id: string } | null,
  take: number,
): Promise<HistoryReads[]> {
  const values = [connectionId, cursor?.at ?? null, cursor?.id ?? null, take]
  const rows = await deps.sql.run<StoredReads>(statement, values)
  return rows.map(({ id, at, from, reads, keyId, keyName }) => ({
    id,
    at,
    reads: { key: { id: keyId, name: keyName }, reads, from, to: at },
  }))
}
