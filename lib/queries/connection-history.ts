import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import type { Deps } from '../deps'
import { type RotationRow, rotationRow, rotationSelect } from './connection-rotations'
import { historyReads, type ReadsRow } from './history-reads'

export type AuditRow = {
  id: string
  actorName: string
  action: string
  subjectName: string
  detail: { name: string; value: string }[]
}

export type HistoryRow =
  | { kind: 'rotation'; id: string; at: Date; rotation: RotationRow }
  | { kind: 'event'; id: string; at: Date; event: AuditRow }
  | { kind: 'reads'; id: string; at: Date; reads: ReadsRow }

export type ConnectionHistory = { rows: HistoryRow[]; first: boolean; next: string | null }

export const historyPageSize = 30

/**
 * What happened to a connection, the newest first: its token calls, the events of the trail that name it, and reads of its token by API
 * keys, an hour in a row.
 *
 * @param after a cursor of an earlier page; whatever else reads as the first page
 * @throws PatchbayError `forbidden`
 */
export async function connectionHistory(
  deps: Pick<Deps, 'db' | 'sql'>,
  actor: Actor,
  connectionId: string,
  after: string | null,
): Promise<ConnectionHistory> {
  requireRole(actor, 'viewer')
  const cursor = readHistoryCursor(after)
  const take = historyPageSize + 1
  const older = cursor && { lte: cursor.at }
  const [rotations, events, reads] = await Promise.all([
    deps.db.rotationJournal.findMany({
      where: {
        connectionId,
        ...(cursor && older
          ? { startedAt: older, OR: [{ startedAt: { lt: cursor.at } }, { id: { lt: cursor.id } }] }
          : {}),
      },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take,
      select: rotationSelect,
    }),
    deps.db.auditEvent.findMany({
      where: {
        connectionId,
        ...(cursor && older ? { at: older, OR: [{ at: { lt: cursor.at } }, { id: { lt: cursor.id } }] } : {}),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take,
      select: { id: true, at: true, actorName: true, action: true, subjectName: true, detail: true },
    }),
    historyReads(deps, connectionId, cursor, take),
  ])
  const merged: HistoryRow[] = [
    ...rotations.map((row) => ({
      kind: 'rotation' as const,
      id: row.id,
      at: row.startedAt,
      rotation: rotationRow(row),
    })),
    ...events.map(({ at, detail, ...event }) => ({
      kind: 'event' as const,
      id: event.id,
      at,
      event: { ...event, detail: detailOf(detail) },
    })),
    ...reads.map((row) => ({ kind: 'reads' as const, ...row })),
  ]
  merged.sort(newestFirst)
  const rows = merged.slice(0, historyPageSize)
  const last = rows.at(-1)
  return {
    rows,
    first: cursor === null,
    next: merged.length > rows.length && last ? writeCursor(last) : null,
  }
}

/** Ids are of one alphabet, so the database and this comparison put them in the same order. */
function newestFirst(a: HistoryRow, b: HistoryRow): number {
  return b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)
}

function writeCursor({ at, id }: HistoryRow): string {
  return `${at.getTime()}.${id}`
}

const cursorSchema = z.string().regex(/^\d{1,15}\.((rot|evt)_[0-9a-z]{26}|apk_[0-9a-z]{26}_\d{1,12})$/)

function readHistoryCursor(text: string | null): { at: Date; id: string } | null {
  const parsed = cursorSchema.safeParse(text)
  if (!parsed.success) return null
  const [ms = '', id = ''] = parsed.data.split('.')
  return { at: new Date(Number(ms)), id }
}

const scalarSchema = z.union([z.string(), z.number(), z.boolean()])
const detailSchema = z.record(z.string(), z.unknown())

/** Facts of an event as names and words; the trail holds no secret (lib/audit). */
function detailOf(detail: unknown): AuditRow['detail'] {
  const record = detailSchema.safeParse(detail)
  if (!record.success) return []
  return Object.entries(record.data).flatMap(([name, value]) => {
    const texts = [value].flat().flatMap((each) => scalarSchema.safeParse(each).data ?? [])
    return texts.length > 0 ? [{ name, value: texts.map(String).join(', ') }] : []
  })
}
