import { expect, it } from 'vitest'
import { byDay } from './by-day'

const row = (at: string) => ({ at: new Date(at) })

it('keeps the order and begins a new list with each day, by UTC', () => {
  const rows = [row('2026-03-02T00:00:00Z'), row('2026-03-01T23:59:59Z'), row('2026-03-01T01:00:00Z')]
  expect(byDay(rows)).toEqual([
    { day: '2026-03-02', rows: [rows[0]] },
    { day: '2026-03-01', rows: [rows[1], rows[2]] },
  ])
  expect(byDay([])).toEqual([])
})
