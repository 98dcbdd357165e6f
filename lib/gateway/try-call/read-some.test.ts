import { expect, it } from 'vitest'
import { readSome } from './read-some'

function bodyOf(...pieces: string[]) {
  let isCancelled = false
  const rest = [...pieces]
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = rest.shift()
        if (piece === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(piece))
      },
      cancel() {
        isCancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { body, isCancelled: () => isCancelled }
}

it('reads a short body whole, over its pieces', async () => {
  expect(await readSome(bodyOf('ab', 'cd').body, 4)).toEqual({ text: 'abcd', bytes: 4, cut: false })
  expect(await readSome(null, 4)).toEqual({ text: '', bytes: 0, cut: false })
})

it('cuts a long body and ends it', async () => {
  const { body, isCancelled } = bodyOf('abc', 'def', 'ghi')
  expect(await readSome(body, 4)).toEqual({ text: 'abcd', bytes: 4, cut: true })
  expect(isCancelled()).toBe(true)
})
