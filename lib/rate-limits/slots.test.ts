import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulesOf } from './bucket-rules'
import { allLapsedAtMs, freeAtMs, lapsesAtMs, slotAt, usedOf } from './slots'

const startMs = Date.parse('2026-11-02T10:00:00Z')
const rules = (limit: number, windowS: number) => rulesOf('outstand', { limit, windowS })

const windows = fc.constantFrom(1, 3, 10, 60, 300, 3_600)
/** Calls at instants of two windows, the oldest first. */
const called = (windowS: number) =>
  fc
    .array(fc.nat(2 * windowS * 1_000), { maxLength: 60 })
    .map((ages) => ages.map((age) => startMs - age).sort((a, b) => a - b))

function slotsOf(times: readonly number[], of: ReturnType<typeof rules>): Record<string, number> {
  const slots: Record<string, number> = {}
  for (const ms of times) slots[slotAt(of, ms)] = (slots[slotAt(of, ms)] ?? 0) + 1
  return slots
}

describe('slots', () => {
  it('count every call for a whole window, and not much longer', () => {
    fc.assert(
      fc.property(windows, fc.nat(10_000_000), (windowS, ms) => {
        const of = rules(300, windowS)
        const slots = { [slotAt(of, ms)]: 1 }
        expect(usedOf(of, slots, ms + windowS * 1_000)).toBe(1)
        expect(usedOf(of, slots, ms + windowS * 1_000 + of.slotMs + of.graceMs)).toBe(0)
        expect(of.slotMs + of.graceMs).toBeLessThan(windowS * 1_000 * 0.11)
      }),
    )
  })

  it('tell the very instant at which one more call fits', () => {
    const world = windows.chain((windowS) => fc.tuple(fc.constant(windowS), called(windowS)))
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 40 }), ([windowS, times], limit) => {
        const of = rules(limit, windowS)
        const slots = slotsOf(times, of)
        const freeMs = freeAtMs(of, slots, startMs)
        const fits = (ms: number) => usedOf(of, slots, ms) < limit - of.reserve
        if (freeMs === null) throw new Error('a limit of one call admits one')
        expect(fits(freeMs)).toBe(true)
        if (freeMs > startMs) expect(fits(freeMs - 1)).toBe(false)
        expect(usedOf(of, slots, allLapsedAtMs(of, slots, startMs) ?? startMs)).toBe(0)
      }),
    )
  })

  it('let no window at the provider see more than the limit, however late calls arrive within it', () => {
    const attempts = fc.array(
      fc.record({ pauseMs: fc.nat(400), arrivesMs: fc.nat(2_400), answersMs: fc.nat(500) }),
      {
        minLength: 50,
        maxLength: 100,
      },
    )
    fc.assert(
      fc.property(attempts, fc.integer({ min: 1, max: 20 }), (tries, limit) => {
        const of = rules(limit, 3)
        const calls = grantAll(of, tries)
        for (const { arrivedMs } of calls) {
          const seen = calls.filter(
            (other) => other.arrivedMs >= arrivedMs && other.arrivedMs < arrivedMs + 3_000,
          )
          expect(seen.length).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })

  it('from a clock that is far ahead count nothing', () => {
    const of = rules(300, 300)
    expect(usedOf(of, { [slotAt(of, startMs + 86_400_000)]: 300 }, startMs)).toBe(0)
    expect(freeAtMs(of, { [slotAt(of, startMs)]: 300 }, startMs)).toBe(lapsesAtMs(of, slotAt(of, startMs)))
  })
})

type Attempt = { pauseMs: number; arrivesMs: number; answersMs: number }

/** Grants as the book does: by what counts now; a call whose answer comes late counts from then. */
function grantAll(of: ReturnType<typeof rules>, tries: readonly Attempt[]) {
  const calls: { grantedMs: number; arrivedMs: number; answeredMs: number }[] = []
  let nowMs = startMs
  for (const { pauseMs, arrivesMs, answersMs } of tries) {
    nowMs += pauseMs
    const dated = calls.map(({ grantedMs, answeredMs }) => {
      const isLate = answeredMs > lapsesAtMs(of, slotAt(of, grantedMs)) - of.windowMs
      // A call that is under way has not been dated anew yet.
      return isLate && answeredMs <= nowMs ? answeredMs : grantedMs
    })
    if (usedOf(of, slotsOf(dated, of), nowMs) >= (of.limit ?? 0) - of.reserve) continue
    calls.push({ grantedMs: nowMs, arrivedMs: nowMs + arrivesMs, answeredMs: nowMs + arrivesMs + answersMs })
  }
  return calls
}
