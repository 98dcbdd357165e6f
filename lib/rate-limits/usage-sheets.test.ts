import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usedCall as call } from './test-call'
import { createUsageSheets } from './usage-sheets'
import type { UsageTally } from './usage-tally'

const keyOf = (row: UsageTally) =>
  [row.connection_id, row.minute, row.api_key_id, row.method, row.route].join(' ')

describe('usage sheets', () => {
  test('lose no call, count none twice and never write a row twice in a batch, whatever fails when', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('call' as const), n: fc.nat(7) }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('write' as const), n: fc.integer({ min: 1, max: 4 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('fail' as const), n: fc.integer({ min: 1, max: 4 }) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('minute' as const), n: fc.constant(0) }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const sheets = createUsageSheets(1_000)
        const called = new Map<string, number>()
        const written = new Map<string, number>()
        const failing: UsageTally[][] = []
        let nowMs = 90_000
        const write = (rows: readonly UsageTally[]) => {
          expect(new Set(rows.map(keyOf)).size).toBe(rows.length)
          for (const row of rows) written.set(keyOf(row), (written.get(keyOf(row)) ?? 0) + row.calls)
        }
        for (const { kind, n } of steps) {
          // A statement that is under way fails some steps later, before the next one begins.
          if (kind !== 'call') for (const rows of failing.splice(0)) sheets.putBack(rows)
          if (kind === 'minute') nowMs += 60_000
          if (kind === 'write') write(sheets.take(n))
          if (kind === 'fail') failing.push(sheets.take(n))
          if (kind !== 'call') continue
          const one = call({
            connectionId: `con_${n % 2}`,
            path: `/api/v2/${['a', 'b'][(n >> 1) % 2]}`,
            apiKeyId: `apk_${n >> 2}`,
          })
          sheets.add(one, nowMs)
          const key = [one.connectionId, nowMs - (nowMs % 60_000), one.apiKeyId, 'GET', one.path].join(' ')
          called.set(key, (called.get(key) ?? 0) + 1)
        }
        for (const rows of failing) sheets.putBack(rows)
        while (sheets.size > 0) write(sheets.take(3))
        expect(written).toEqual(called)
      }),
    )
  })

  test('take no more rows than they were given room for', () => {
    const sheets = createUsageSheets(2)
    for (const path of ['/api/v2/a', '/api/v2/b', '/api/v2/c', '/api/v2/a']) sheets.add(call({ path }), 0)
    expect(sheets.size).toBe(2)
    expect(sheets.take(10).map(({ route, calls }) => [route, calls])).toEqual([
      ['/api/v2/a', 2],
      ['/api/v2/b', 1],
    ])
    expect(sheets.size).toBe(0)
  })
})
