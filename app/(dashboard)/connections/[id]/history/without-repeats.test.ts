import { expect, it } from 'vitest'
import type { HistoryRow } from '@/lib/server'
import { withoutRepeats } from './without-repeats'

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds))

const call = (seconds: number, code: string | null): HistoryRow => ({
  kind: 'rotation',
  id: `rot_${seconds}`,
  at: at(seconds),
  rotation: {
    id: `rot_${seconds}`,
    kind: 'refresh',
    cause: 'refresh_now',
    generation: 1,
    outcome: code ? 'terminal' : 'renewed',
    failure: code ? { code, words: 'No.' } : null,
    startedAt: at(seconds),
    endedAt: at(seconds),
  },
})

const event = (seconds: number, action: string, detail: Record<string, string>): HistoryRow => ({
  kind: 'event',
  id: `evt_${seconds}`,
  at: at(seconds),
  event: {
    id: `evt_${seconds}`,
    actorName: 'Ada',
    action,
    subjectName: 'Acme',
    detail: Object.entries(detail).map(([name, value]) => ({ name, value })),
  },
})

const details = (rows: HistoryRow[]) =>
  withoutRepeats(rows).flatMap((row) =>
    row.kind === 'event' ? [row.event.detail.map(({ name }) => name)] : [],
  )

it('tells how a call ended, and in which words, once: beside the call', () => {
  const rows = [
    event(9, 'connection.refreshed', { code: 'invalid_grant', result: 'terminal' }),
    event(8, 'connection.needs_reconnect', { code: 'invalid_grant', words: 'No.', by: 'check' }),
    call(7, 'invalid_grant'),
  ]
  expect(details(rows)).toEqual([[], ['by']])
})

it('leaves alone what no call tells: another fault, a call long ago, another kind of event', () => {
  const said = { code: 'uninstalled', words: 'Gone.' }
  expect(details([event(9, 'connection.needs_reconnect', said), call(7, 'invalid_grant')])).toEqual([
    ['code', 'words'],
  ])
  expect(details([event(90, 'connection.suspended', said), call(7, 'uninstalled')])).toEqual([
    ['code', 'words'],
  ])
  expect(details([event(9, 'install.uninstalled', said), call(7, 'uninstalled')])).toEqual([
    ['code', 'words'],
  ])
})

it('says nothing more of a press that renewed the token', () => {
  expect(details([event(9, 'connection.refreshed', { result: 'renewed' }), call(8, null)])).toEqual([[]])
})
