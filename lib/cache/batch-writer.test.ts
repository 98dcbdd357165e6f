import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBatchWriter } from './batch-writer'

const everyMs = 2_000
const sizeMax = 100
const pauseMs = 50

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Numbers that gather, and when how many of them were written. */
function makeWriter() {
  let held: number[] = []
  const written: { atMs: number; batch: number[] }[] = []
  const world = { failing: false, faults: 0 }
  const began = Date.now()
  const writer = createBatchWriter<number[]>({
    gathered: {
      get size() {
        return held.length
      },
      take: (size) => held.splice(0, size),
      putBack(batch) {
        held = [...batch, ...held]
      },
    },
    write: async (batch) => {
      if (world.failing) throw new Error('the database is away')
      written.push({ atMs: Date.now() - began, batch })
    },
    everyMs,
    sizeMax,
    pauseMs,
    onError: () => {
      world.faults += 1
    },
  })
  let next = 0
  const gather = (count: number) => {
    for (let n = 0; n < count; n += 1) held.push(next++)
    writer.plan()
  }
  return { writer, gather, written, world, left: () => held.length }
}

describe('a batch writer', () => {
  test('writes what one statement holds once in a while', async () => {
    const { gather, written } = makeWriter()
    for (let second = 0; second < 10; second += 1) {
      gather(20)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(written.map(({ atMs }) => atMs)).toEqual([2_000, 4_000, 6_000, 8_000, 10_000])
    expect(written.flatMap(({ batch }) => batch)).toHaveLength(200)
  })

  test('spreads over the time what needs many statements', async () => {
    const { gather, written, left } = makeWriter()
    for (let tenth = 0; tenth < 200; tenth += 1) {
      gather(100)
      await vi.advanceTimersByTimeAsync(100)
    }
    const times = written.map(({ atMs }) => atMs).filter((atMs) => atMs > 10_000)
    const pauses = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))
    // A thousand a second, a hundred a statement.
    expect(times.length).toBeGreaterThanOrEqual(95)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(150)
    expect(left()).toBeLessThanOrEqual(2 * 1_000 + sizeMax)
    expect(written.flatMap(({ batch }) => batch)).toEqual(
      Array.from({ length: written.length * 100 }, (_, n) => n),
    )
  })

  test('leaves the database a pause, however much there is', async () => {
    const { gather, written } = makeWriter()
    gather(100_000)
    await vi.advanceTimersByTimeAsync(everyMs + 20 * pauseMs)
    expect(written).toHaveLength(21)
    expect(written.every(({ batch }) => batch.length === sizeMax)).toBe(true)
  })

  test('asks a database that is away once in a while, and loses nothing', async () => {
    const { writer, gather, written, world } = makeWriter()
    world.failing = true
    gather(1_000)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(world.faults).toBe(5)
    world.failing = false
    await writer.close()
    expect(written.flatMap(({ batch }) => batch)).toEqual(Array.from({ length: 1_000 }, (_, n) => n))
  })
})
