import { type Actor, requireRole } from '../core/actor'
import { addCalls, type CallBin, type CallCounts, noCalls, totalCalls } from '../core/call-counts'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'
import { bucketOf, ownerSelect } from '../rate-limits/bucket'
import { type RefusalMinute, recentRefusals } from './recent-refusals'
import { binsOf, type UsagePeriod, type UsageSpan, usageSpan } from './usage-period'

const shownMax = 20

export type UsageFigures = {
  calls: CallCounts
  total: number
  /** Of all calls in the period, from 0 to 1. */
  share: number
  /** Of calls that reached the provider; `null` where none did. */
  meanMs: number | null
  /** Sent and received. */
  bytes: number
}

export type RouteUsage = UsageFigures & { method: string; route: string }
export type KeyUsage = UsageFigures & {
  /** `null`: a person who tried a call, or Patchbay itself. */
  key: { id: string; name: string; isRevoked: boolean } | null
}

export type UsageHistory = {
  /** Whose news tells that there are further calls. */
  bucket: string
  period: UsagePeriod
  bins: CallBin[]
  totals: CallCounts
  /** The twenty with most calls. */
  routes: RouteUsage[]
  keys: KeyUsage[]
  /** Of its bucket, so of the connections that share it too. */
  refusals: RefusalMinute[]
  /** Times in the period that a key was given the token itself: what its program calls with it is not seen here. */
  tokenReads: number
}

/**
 * The calls of one connection through Patchbay: over time, by route and by API key.
 *
 * @returns `null` when there is no such connection
 * @throws PatchbayError `forbidden`
 */
export async function usageHistory(
  deps: Pick<Deps, 'db' | 'sql' | 'clock'>,
  actor: Actor,
  connectionId: string,
  period: UsagePeriod,
): Promise<UsageHistory | null> {
  requireRole(actor, 'viewer')
  const connection = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: {
      ...ownerSelect,
      createdAt: true,
    },
  })
  if (!connection) return null
  const bucket = bucketOf(connection)
  const span = usageSpan(period, deps.clock.now())
  const [rows, refusals, reads] = await Promise.all([
    deps.sql.run<UsageRow>(statement, [connectionId, span.from, span.to, span.binMs / 1000, shownMax]),
    recentRefusals(deps, bucket, span.from),
    deps.db.tokenRead.aggregate({
      where: { connectionId, minute: { gte: span.from } },
      _sum: { reads: true },
    }),
  ])
  const bins = binRows(rows, span, connection.createdAt)
  const totals = bins.reduce((sum, bin) => addCalls(sum, bin.calls ?? noCalls), { ...noCalls })
  const all = totalCalls(totals)
  const names = await keyNames(deps, rows)
  return {
    bucket,
    period,
    bins,
    totals,
    routes: rows.flatMap((row) =>
      row.route === null ? [] : [{ method: row.method ?? '', route: row.route, ...figures(row, all) }],
    ),
    keys: rows.flatMap((row) =>
      row.key === null ? [] : [{ key: names.get(row.key) ?? null, ...figures(row, all) }],
    ),
    refusals,
    tokenReads: reads._sum.reads ?? 0,
  }
}

type UsageRow = CallCounts & {
  /** Of bin, route and key, the one that a row is about is not `null`. */
  bin: Date | null
  method: string | null
  route: string | null
  key: string | null
  bytes: number
  duration_ms: number
}

/** One reading of the connection's stretch of the primary key, added up in three ways. */
const statement: NamedStatement = {
  name: 'usage_history',
  text: `
    SELECT bin, method, route, key, ok, refused, limited, held, failed, bytes, duration_ms FROM (
      SELECT bin, method, route, key,
        sum(ok)::float8 AS ok, sum(refused)::float8 AS refused, sum(limited)::float8 AS limited,
        sum(held)::float8 AS held, sum(failed)::float8 AS failed,
        sum(bytes)::float8 AS bytes, sum(duration_ms)::float8 AS duration_ms,
        row_number() OVER (PARTITION BY grouping(bin), grouping(route), grouping(key)
          ORDER BY sum(ok + refused + limited + held + failed) DESC, method, route, key) AS place
      FROM (
        SELECT date_bin(make_interval(secs => $4), minute, $2) AS bin, method, route, api_key_id AS key,
          ok, refused, limited, held, failed, bytes_up + bytes_down AS bytes, duration_ms
        FROM usage_minute WHERE connection_id = $1 AND minute >= $2 AND minute < $3
      ) used
      GROUP BY GROUPING SETS ((bin), (method, route), (key))
    ) grouped
    WHERE bin IS NOT NULL OR place <= $5
    ORDER BY place`,
}

function binRows(rows: readonly UsageRow[], span: UsageSpan, since: Date): CallBin[] {
  const known = new Map(rows.flatMap((row) => (row.bin ? [[row.bin.getTime(), counts(row)]] : [])))
  return binsOf(span).map((bin) => ({
    ...bin,
    calls: known.get(bin.from.getTime()) ?? (bin.to <= since ? null : { ...noCalls }),
  }))
}

function figures(row: UsageRow, all: number): UsageFigures {
  const calls = counts(row)
  const total = totalCalls(calls)
  const sent = total - calls.held
  return {
    calls,
    total,
    share: all > 0 ? total / all : 0,
    meanMs: sent > 0 ? row.duration_ms / sent : null,
    bytes: row.bytes,
  }
}

function counts({ ok, refused, limited, held, failed }: UsageRow): CallCounts {
  return { ok, refused, limited, held, failed }
}

async function keyNames(deps: Pick<Deps, 'db'>, rows: readonly UsageRow[]) {
  const ids = rows.flatMap(({ key }) => (key ? [key] : []))
  const keys = await deps.db.apiKey.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, revokedAt: true },
  })
  return new Map(
    ids.map((id) => {
      const found = keys.find((key) => key.id === id)
      return [id, { id, name: found?.name ?? id, isRevoked: found ? found.revokedAt !== null : true }]
    }),
  )
}
