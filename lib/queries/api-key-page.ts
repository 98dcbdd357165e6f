import { type Actor, hasRole, requireRole } from '../core/actor'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'
import { connectionNames, type KeyRow, keyRows, keySelect } from './api-key-rows'

const periodMs = 30 * 24 * 60 * 60 * 1000
const connectionsMax = 50
const readsMax = 10

export type KeyConnectionUsage = {
  connection: { id: string; name: string }
  /** Proxied calls, those that the rate limit held back included. */
  calls: number
  held: number
  tokenReads: number
  /** The minute of the last one. */
  lastAt: Date
}

export type ApiKeyPage = KeyRow & {
  mayManage: boolean
  /** Of the last thirty days. */
  usage: {
    calls: number
    held: number
    tokenReads: number
    connections: number
    /** The fifty with most. */
    rows: KeyConnectionUsage[]
  }
  /** The ten newest: one for each connection and minute. */
  lastReads: { connection: { id: string; name: string }; minute: Date; reads: number }[]
}

/** One reading of the key's stretch of two indexes. */
const usageStatement: NamedStatement = {
  name: 'api_key_usage',
  text: `
    SELECT connection_id AS id, sum(calls)::float8 AS calls, sum(held)::float8 AS held, sum(reads)::float8 AS reads,
      max(minute) AS "lastAt", sum(sum(calls)) OVER ()::float8 AS "allCalls", sum(sum(held)) OVER ()::float8 AS "allHeld",
      sum(sum(reads)) OVER ()::float8 AS "allReads", count(*) OVER ()::int AS connections
    FROM (
      SELECT connection_id, minute, calls + held AS calls, held, 0 AS reads FROM usage_minute
      WHERE api_key_id = $1 AND minute >= $2
      UNION ALL
      SELECT connection_id, minute, 0, 0, reads FROM token_read WHERE api_key_id = $1 AND minute >= $2
    ) used
    GROUP BY connection_id ORDER BY sum(calls) + sum(reads) DESC, connection_id LIMIT ${connectionsMax}`,
}

type UsageRow = {
  id: string
  calls: number
  held: number
  reads: number
  lastAt: Date
  allCalls: number
  allHeld: number
  allReads: number
  connections: number
}

/** One API key and what it did in thirty days; `null` when there is none. @throws PatchbayError `forbidden` */
export async function apiKeyPage(
  deps: Pick<Deps, 'db' | 'sql' | 'clock'>,
  actor: Actor,
  keyId: string,
): Promise<ApiKeyPage | null> {
  requireRole(actor, 'viewer')
  const key = await deps.db.apiKey.findUnique({ where: { id: keyId }, select: keySelect })
  if (!key) return null
  const since = new Date(deps.clock.now().getTime() - periodMs)
  const [rows, used, reads] = await Promise.all([
    keyRows(deps, [key]),
    deps.sql.run<UsageRow>(usageStatement, [keyId, since]),
    deps.db.tokenRead.findMany({
      where: { apiKeyId: keyId, minute: { gte: since } },
      orderBy: [{ minute: 'desc' }, { connectionId: 'asc' }],
      take: readsMax,
      select: { connectionId: true, minute: true, reads: true },
    }),
  ])
  const [row] = rows
  if (!row) return null
  const names = await connectionNames(deps, [
    ...used.map(({ id }) => id),
    ...reads.map(({ connectionId }) => connectionId),
  ])
  const named = (id: string) => ({ id, name: names.get(id) ?? id })
  const [first] = used
  return {
    ...row,
    mayManage: hasRole(actor, 'admin'),
    usage: {
      calls: first?.allCalls ?? 0,
      held: first?.allHeld ?? 0,
      tokenReads: first?.allReads ?? 0,
      connections: first?.connections ?? 0,
      rows: used.map(({ id, calls, held, reads, lastAt }) => ({
        connection: named(id),
        calls,
        held,
        tokenReads: reads,
        lastAt,
      })),
    },
    lastReads: reads.map(({ connectionId, ...read }) => ({ connection: named(connectionId), ...read })),
  }
}
