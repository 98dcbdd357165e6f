import { expect, it } from 'vitest'
import { stackCalls } from './stack-calls'

const none = { ok: 0, refused: 0, limited: 0, held: 0, failed: 0 }
const at = (hour: number) => ({ from: new Date(hour * 3_600_000), to: new Date((hour + 1) * 3_600_000) })

it('stands the kinds on each other from zero, and leaves a gap where there was nothing', () => {
  const bins = [
    { ...at(1), calls: { ...none, ok: 5, limited: 2, failed: 1 } },
    { ...at(2), calls: none },
    { ...at(3), calls: null },
  ]
  expect(stackCalls(bins)).toEqual([
    [
      { kind: 'ok', from: 0, to: 5 },
      { kind: 'limited', from: 5, to: 7 },
      { kind: 'failed', from: 7, to: 8 },
    ],
    [],
    [],
  ])
})
