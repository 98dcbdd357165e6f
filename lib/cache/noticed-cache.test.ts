import { describe, expect, test } from 'vitest'
import type { LiveEvent } from '../core/live-event'
import { createNoticedCache } from './noticed-cache'

type Row = { id: string; version: number }

/** A cache whose news, hearing and time the test gives. */
function makeCache(entriesMax = 100, more: { believedMs?: number } = {}) {
  const listeners = new Set<(event: LiveEvent) => void>()
  const world = { nowMs: 0, listening: true, reads: 0, version: 1 }
  const cache = createNoticedCache<Row>({
    events: {
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      isListening: () => world.listening,
    },
    topics: ['api_key'],
    entriesMax,
    idsOf: (row) => [row.id],
    monotonicMs: () => world.nowMs,
    ...more,
  })
  const tell = (event: LiveEvent) => {
    for (const listener of listeners) listener(event)
  }
  const read = (id: string) =>
    cache.get(id, async () => {
      world.reads += 1
      return { id, version: world.version }
    })
  return { cache, world, tell, read, listeners }
}

describe('a noticed cache', () => {
  test('reads once, and again after news of the entry; news of others leaves it alone', async () => {
    const { world, tell, read } = makeCache()
    await read('a')
    await read('b')
    world.version = 2
    tell({ topic: 'api_key', id: 'c' })
    tell({ topic: 'connection', id: 'a' })
    expect(await read('a')).toEqual({ id: 'a', version: 1 })
    tell({ topic: 'api_key', id: 'a' })
    expect(await read('a')).toEqual({ id: 'a', version: 2 })
    expect(await read('b')).toEqual({ id: 'b', version: 1 })
    expect(world.reads).toBe(3)
  })

  test('drops every entry that one piece of news concerns', async () => {
    const { cache, tell } = makeCache()
    const keys = Array.from({ length: 50 }, (_, n) => `key ${n}`)
    for (const key of keys)
      await cache.get(key, async () => ({ id: key.endsWith('7') ? 'y' : 'x', version: 1 }))
    tell({ topic: 'api_key', id: 'x' })
    expect(keys.filter((key) => cache.peek(key))).toEqual(keys.filter((key) => key.endsWith('7')))
    tell({ topic: 'api_key', id: 'y' })
    expect(keys.filter((key) => cache.peek(key))).toEqual([])
  })

  test('is emptied by a gap in the news, whatever its topic', async () => {
    const { cache, tell, read } = makeCache()
    await read('a')
    tell({ topic: 'connection', id: '*' })
    expect(cache.peek('a')).toBeUndefined()
  })

  test('is believed for a second while no news can arrive, and for a minute while it can', async () => {
    const { cache, world, read } = makeCache()
    await read('a')
    world.nowMs = 59_999
    expect(cache.peek('a')).toBeDefined()
    world.nowMs = 60_000
    expect(cache.peek('a')).toBeUndefined()
    world.listening = false
    await read('a')
    world.nowMs += 999
    expect(cache.peek('a')).toBeDefined()
    world.nowMs += 1
    expect(cache.peek('a')).toBeUndefined()
  })

  test('is believed no longer than it was told, and not when it is known to be wrong', async () => {
    const { cache, world, read } = makeCache(100, { believedMs: 1_000 })
    await read('a')
    world.nowMs = 999
    expect(cache.peek('a')).toBeDefined()
    world.nowMs = 1_000
    expect(cache.peek('a')).toBeUndefined()
    await read('a')
    expect(cache.peek('a')).toBeDefined()
    cache.drop('a')
    expect(cache.peek('a')).toBeUndefined()
  })

  test('keeps nothing that was read while news came, and hands it to nobody who asked afterwards', async () => {
    const { cache, tell } = makeCache()
    const answers: ((row: Row) => void)[] = []
    const ask = () => cache.get('a', () => new Promise((resolve) => answers.push(resolve)))
    const before = ask()
    tell({ topic: 'api_key', id: 'a' })
    const after = ask()
    expect(answers).toHaveLength(2)
    answers[1]?.({ id: 'a', version: 2 })
    expect((await after)?.version).toBe(2)
    answers[0]?.({ id: 'a', version: 1 })
    expect((await before)?.version).toBe(1)
    expect(cache.peek('a')?.version).toBe(2)
  })

  test('keeps what was read while news of others came', async () => {
    const { cache, tell } = makeCache()
    const asked = cache.get('a', async () => {
      tell({ topic: 'api_key', id: 'b' })
      return { id: 'a', version: 1 }
    })
    await asked
    expect(cache.peek('a')).toEqual({ id: 'a', version: 1 })
  })

  test('finds an entry by its news after it was read anew, and forgets what fell out', async () => {
    const { cache, tell, read, world } = makeCache(2)
    await read('a')
    world.nowMs = 60_000
    world.version = 2
    await read('a')
    tell({ topic: 'api_key', id: 'a' })
    expect(cache.peek('a')).toBeUndefined()
    for (const id of ['a', 'b', 'c', 'a']) await read(id)
    tell({ topic: 'api_key', id: 'b' })
    expect(cache.peek('a')).toBeDefined()
    tell({ topic: 'api_key', id: 'a' })
    expect(cache.peek('a')).toBeUndefined()
  })

  test('asks once for many who ask at the same time, and again after a failure', async () => {
    const { cache, world } = makeCache()
    const failing = () =>
      cache.get('a', async () => {
        world.reads += 1
        throw new Error('the database is away')
      })
    const outcomes = await Promise.allSettled([failing(), failing(), failing()])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(world.reads).toBe(1)
    expect(await cache.get('a', async () => ({ id: 'a', version: 3 }))).toEqual({ id: 'a', version: 3 })
  })

  test('keeps no absence, and no more entries than it was given room for', async () => {
    const { cache, read } = makeCache(3)
    expect(await cache.get('nobody', async () => null)).toBeNull()
    expect(cache.peek('nobody')).toBeUndefined()
    for (const id of ['a', 'b', 'c', 'd']) await read(id)
    expect(cache.peek('a')).toBeUndefined()
    expect(['b', 'c', 'd'].every((id) => cache.peek(id))).toBe(true)
  })

  test('hears nothing any more once it is closed', async () => {
    const { cache, read, listeners } = makeCache()
    await read('a')
    cache.close()
    expect(cache.peek('a')).toBeUndefined()
    expect(listeners.size).toBe(0)
  })
})
