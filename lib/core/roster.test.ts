import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRoster } from './roster'

test('holds what was added and not removed, like a Set', () => {
  const pool = Array.from({ length: 6 }, (_, n) => ({ n }))
  const step = fc.record({ adds: fc.boolean(), at: fc.nat(pool.length - 1) })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const roster = createRoster<{ n: number }>()
      const expected = new Set<{ n: number }>()
      for (const { adds, at } of steps) {
        const item = pool[at]
        if (!item) continue
        if (adds && !expected.has(item)) roster.add(item)
        if (!adds) roster.remove(item)
        if (adds) expected.add(item)
        else expected.delete(item)
        expect(new Set(roster)).toEqual(expected)
        expect(roster.size).toBe(expected.size)
      }
    }),
  )
})

test('may be changed while it is gone through', () => {
  const roster = createRoster<object>()
  const items = [{}, {}, {}]
  for (const item of items) roster.add(item)
  const seen: object[] = []
  for (const item of roster) {
    seen.push(item)
    roster.remove(item)
  }
  expect(seen).toEqual(items)
  expect(roster.size).toBe(0)
})
