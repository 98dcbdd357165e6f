import type { HistoryRow } from '@/lib/server'

/** What these events say of a call is what the call's own line says. */
const aboutCalls: readonly string[] = [
  'connection.became_uncertain',
  'connection.needs_reconnect',
  'connection.refreshed',
  'connection.suspended',
]
const facts: readonly string[] = ['code', 'result', 'words']

/** The longest that a call and what is written after it may take. */
const callMs = 60_000

/** Leaves out of an event what the line of its call says: how it ended, and the provider's words. @param rows newest first */
export function withoutRepeats(rows: readonly HistoryRow[]): HistoryRow[] {
  return rows.map((row, index) => {
    if (row.kind !== 'event' || !aboutCalls.includes(row.event.action)) return row
    const call = rows.slice(index + 1).find((each) => each.kind === 'rotation')
    const code = row.event.detail.find(({ name }) => name === 'code')?.value ?? null
    const isTold =
      call !== undefined &&
      row.at.getTime() - call.at.getTime() < callMs &&
      code === (call.rotation.failure?.code ?? null)
    if (!isTold) return row
    const detail = row.event.detail.filter(({ name }) => !facts.includes(name))
    return { ...row, event: { ...row.event, detail } }
  })
}
