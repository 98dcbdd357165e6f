import { expect, test } from 'vitest'
import { createMicroBatch } from './micro-batch'

/** A run that notes its batches and ends when it is told to. */
function recorded() {
  const batches: number[][] = []
  const ends: (() => void)[] = []
  const run = async (items: readonly number[]) => {
    batches.push([...items])
    await new Promise<void>((resolve) => ends.push(resolve))
    return items.map((item) => item * 10)
  }
  return { run, batches, endOne: () => ends.shift()?.() }
}

test('what is asked for at once is one run, with each its own result', async () => {
  const batches: number[][] = []
  const ask = createMicroBatch<number, number>({
    run: async (items) => {
      batches.push([...items])
      return items.map((item) => item * 10)
    },
    sizeMax: 10,
  })
  expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([10, 20, 30])
  expect(batches).toEqual([[1, 2, 3]])
})

test('what comes while all lanes run is gathered for the next one, up to its size', async () => {
  const { run, batches, endOne } = recorded()
  const ask = createMicroBatch<number, number>({ run, sizeMax: 2, lanesMax: 1 })
  const asked = [1, 2, 3, 4, 5].map(ask)
  for (const count of [1, 2, 3]) {
    await expect.poll(() => batches.length).toBe(count)
    endOne()
  }
  expect(await Promise.all(asked)).toEqual([10, 20, 30, 40, 50])
  expect(batches).toEqual([[1, 2], [3, 4], [5]])
})

test('an item that fails fails alone', async () => {
  const ask = createMicroBatch<number, number>({
    run: async (items) => {
      if (items.includes(2)) throw new Error('not two')
      return items
    },
    sizeMax: 10,
  })
  const results = await Promise.allSettled([ask(1), ask(2), ask(3)])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('a failed run leaves its lane to the next', async () => {
  let fails = true
  const ask = createMicroBatch<number, number>({
    run: async (items) => {
      if (fails) throw new Error('away')
      return items
    },
    sizeMax: 10,
    lanesMax: 1,
  })
  await expect(ask(1)).rejects.toThrow('away')
  fails = false
  expect(await ask(2)).toBe(2)
})
