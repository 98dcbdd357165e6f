import { describe, expect, test } from 'vitest'
import { createGatheredNotes } from './gathered-notes'

/** Notes whose statements the test sees, and lets fail. */
function makeNotes({ sizeMax = 100, heldMax = 1_000 } = {}) {
  const written: [string, number][][] = []
  const faults: unknown[] = []
  const world = { failing: false }
  const notes = createGatheredNotes<number>({
    write: async (batch) => {
      if (world.failing) throw new Error('the database is away')
      written.push([...batch])
    },
    join: (earlier, later) => earlier + later,
    everyMs: 60_000,
    sizeMax,
    pauseMs: 100,
    heldMax,
    onError: (error) => faults.push(error),
  })
  return { notes, written, faults, world }
}

describe('gathered notes', () => {
  test('join what is noted of one key into one row of one statement', async () => {
    const { notes, written } = makeNotes()
    for (let n = 0; n < 1_000; n += 1) notes.note(n % 2 === 0 ? 'even' : 'odd', n)
    await notes.flush()
    expect(written).toEqual([
      [
        ['even', 249_500],
        ['odd', 250_000],
      ],
    ])
    await notes.flush()
    expect(written).toHaveLength(1)
  })

  test('are kept when they could not be written, and joined with what came since', async () => {
    const { notes, written, faults, world } = makeNotes()
    world.failing = true
    notes.note('a', 1)
    const flushed = notes.flush()
    notes.note('a', 2)
    await flushed
    expect(faults.length).toBeGreaterThan(0)
    world.failing = false
    notes.note('a', 4)
    await notes.close()
    expect(written).toEqual([[['a', 7]]])
  })

  test('go in statements of a bounded size, one after the other', async () => {
    const { notes, written } = makeNotes({ sizeMax: 10 })
    for (let n = 0; n < 25; n += 1) notes.note(`key ${n}`, 1)
    await notes.close()
    expect(written.map((batch) => batch.length)).toEqual([10, 10, 5])
  })

  test('take no more room than they were given', async () => {
    const { notes, written } = makeNotes({ heldMax: 3 })
    for (const key of ['a', 'b', 'c', 'd', 'a']) notes.note(key, 1)
    await notes.flush()
    expect(written).toEqual([
      [
        ['a', 2],
        ['b', 1],
        ['c', 1],
      ],
    ])
  })
})
