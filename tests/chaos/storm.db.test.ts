import { expect, test } from 'vitest'
import { chaosTests } from './chaos-tests'
import type { ChaosProcess } from './run-process'

const makeWorld = chaosTests()
const minuteMs = 60_000

/** Readers of one connection, so many in each process, all at once: what they got. */
async function readAll(processes: ChaosProcess[], connectionId: string, readers: number) {
  const reads = processes.map((each) => each.ask({ kind: 'read', connectionId, readers }))
  return (await Promise.all(reads)).flat()
}

test.each([
  ['0.1 s', 100],
  ['11 s', 11_000],
])(
  '200 readers of an expired token in four processes make one token call, answered in %s',
  async (_words, delayMs) => {
    const world = await makeWorld()
    const connectionId = await world.connect()
    const processes = await Promise.all(Array.from({ length: 4 }, () => world.start()))
    await world.expire()
    world.gate.slow(delayMs)

    const reads = await readAll(processes, connectionId, 50)

    const stored = await world.storedToken(connectionId)
    expect(reads).toEqual(Array.from({ length: 200 }, () => ({ fingerprint: stored.fingerprint })))
    expect(await stored.lives()).toBe(true)
    expect(world.gate.calls()).toBe(1)
    expect(await world.journal(connectionId)).toEqual(['renewed'])
  },
)

test('processes whose clocks are ten minutes apart make one token call and hand out no dead token', async () => {
  const world = await makeWorld()
  const connectionId = await world.connect()
  const skews = [-5 * minuteMs, 5 * minuteMs]
  const processes = await Promise.all(skews.map((skewMs) => world.start({ skewMs })))
  await world.expire()
  world.gate.slow(100)

  const reads = await readAll(processes, connectionId, 20)

  const stored = await world.storedToken(connectionId)
  expect(reads).toEqual(Array.from({ length: 40 }, () => ({ fingerprint: stored.fingerprint })))
  expect(await stored.lives()).toBe(true)
  expect(world.gate.calls()).toBe(1)
})
