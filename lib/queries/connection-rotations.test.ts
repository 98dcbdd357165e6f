import { expect, it } from 'vitest'
import { rotationRow } from './connection-rotations'

const startedAt = new Date('2026-03-02T09:00:00Z')
const endedAt = new Date('2026-03-02T09:01:00Z')
const call = {
  id: 'rot_1',
  kind: 'refresh',
  cause: 'due',
  generation: 1,
  startedAt,
  endedAt,
  failureCode: null,
  failureWords: null,
} as const
const failed = { failureCode: 'http_503', failureWords: 'Down.' }

it.each(['open', 'discarded'] as const)('tells a call without a usable answer as failed (%s)', (outcome) => {
  expect(rotationRow({ ...call, ...failed, outcome })).toMatchObject({
    outcome: 'transient',
    failure: { code: 'http_503', words: 'Down.' },
    endedAt: null,
  })
})

it('leaves a call open while it runs, and one discarded whose answer came too late', () => {
  expect(rotationRow({ ...call, outcome: 'open', endedAt: null }).outcome).toBe('open')
  expect(rotationRow({ ...call, outcome: 'discarded' }).outcome).toBe('discarded')
})

it('gives a length only to a call that was answered', () => {
  expect(rotationRow({ ...call, outcome: 'renewed' }).endedAt).toEqual(endedAt)
  expect(rotationRow({ ...call, ...failed, outcome: 'uncertain' }).endedAt).toBeNull()
})
