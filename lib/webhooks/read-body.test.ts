import { expect, it } from 'vitest'
import { readBody } from './read-body'

function stream(chunks: number[], onCancel = () => {}): ReadableStream<Uint8Array> {
  const sizes = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const size = sizes.shift()
      if (size === undefined) controller.close()
      else controller.enqueue(new Uint8Array(size).fill(7))
    },
    cancel: onCancel,
  })
}

it('reads a body to its end, and no body as an empty one', async () => {
  expect((await readBody(stream([3, 4, 3]), 10))?.length).toBe(10)
  expect((await readBody(null))?.length).toBe(0)
})

it('stops a body that is larger than the cap', async () => {
  let cancelled = false
  const endless = stream(Array(1000).fill(4), () => {
    cancelled = true
  })
  expect(await readBody(endless, 10)).toBeNull()
  expect(cancelled).toBe(true)
})
