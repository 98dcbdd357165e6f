import { z } from 'zod'

/** Where a list that runs from new to old begins. Ids sort by age (lib/core/ids.ts), so an id is all a page needs. */
export type Place = { kind: 'newest' } | { kind: 'older' | 'newer'; than: string }

export type ListPage<Row> = {
  rows: Row[]
  /** Ids to go on from, `null` where there is nothing. */
  newerThan: string | null
  olderThan: string | null
}

const idSchema = z.string().regex(/^[a-z]{3}_[0-9a-z]{20,40}$/)

/** The place that a URL's `older` or `newer` names; anything that is no id means the newest page. */
export function readPlace(params: { older?: unknown; newer?: unknown }): Place {
  const older = idSchema.safeParse(params.older)
  if (older.success) return { kind: 'older', than: older.data }
  const newer = idSchema.safeParse(params.newer)
  return newer.success ? { kind: 'newer', than: newer.data } : { kind: 'newest' }
}

/** What a query of one page is given. */
export type Slice = {
  id: { lt: string } | { gt: string } | undefined
  orderBy: { id: 'asc' | 'desc' }
  take: number
}

/**
 * Reads one page by key. The page before the first is the first one, whole: rows that arrived meanwhile are on it.
 *
 * @param read runs the query for a slice; its filters are its own
 */
export async function readNewestFirst<Row extends { id: string }>(
  place: Place,
  size: number,
  read: (slice: Slice) => Promise<Row[]>,
): Promise<ListPage<Row>> {
  const take = size + 1
  if (place.kind === 'newer') {
    const found = await read({ id: { gt: place.than }, orderBy: { id: 'asc' }, take })
    if (found.length < take) return readNewestFirst({ kind: 'newest' }, size, read)
    const rows = found.slice(0, size).reverse()
    return { rows, newerThan: rows[0]?.id ?? null, olderThan: rows.at(-1)?.id ?? null }
  }
  const id = place.kind === 'older' ? { lt: place.than } : undefined
  const found = await read({ id, orderBy: { id: 'desc' }, take })
  const rows = found.slice(0, size)
  return {
    rows,
    newerThan: place.kind === 'older' ? (rows[0]?.id ?? place.than) : null,
    olderThan: found.length === take ? (rows.at(-1)?.id ?? null) : null,
  }
}
