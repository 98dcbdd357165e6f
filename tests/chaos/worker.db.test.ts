import { expect, test } from 'vitest'
import { chaosTests } from './chaos-tests'

const makeWorld = chaosTests()
const rotations = 50
const patient = { timeout: 60_000, interval: 100 }

test('SIGTERM during 50 rotations, answered in 9 s, loses none and ends the process within 15 s', async () => {
  // Where spent tokens die at once, an answer that nobody stores is a grant that is lost.
  const world = await makeWorld('immediate')
  for (let made = 0; made < rotations; made++) await world.connect()
  await world.expire()
  world.gate.slow(9_000)
  const worker = await world.startWorker()
  await expect.poll(() => world.gate.calls(), patient).toBe(rotations)

  const stoppedMs = performance.now()
  worker.signal('SIGTERM')
  expect(await worker.exited, worker.output()).toBe(0)
  expect(performance.now() - stoppedMs).toBeLessThan(15_000)

  expect(world.gate.calls()).toBe(rotations)
  const connections = await world.deps.db.connection.findMany({ select: { id: true, ownStatus: true } })
  for (const { id, ownStatus } of connections) {
    expect(ownStatus).toBe('healthy')
    expect(await world.journal(id)).toEqual(['renewed'])
    expect(await (await world.storedToken(id)).lives()).toBe(true)
  }
})

test('a worker that starts finds what a killed process left half-done', async () => {
  const world = await makeWorld('first_use')
  const connectionId = await world.connect()
  const victim = await world.start()
  await victim.ask({ kind: 'strike', at: 'after_answer', signal: 'SIGKILL' })
  victim.ask({ kind: 'rotate', connectionId, cause: 'due' }).catch(() => {})
  await victim.exited
  expect(await world.journal(connectionId)).toEqual(['open'])
  await world.endLeases()

  await world.startWorker()

  await expect.poll(() => world.journal(connectionId), patient).toEqual(['discarded', 'renewed'])
  expect(await world.facts(connectionId)).toMatchObject({ ownStatus: 'healthy', generation: 2 })
  expect(await (await world.storedToken(connectionId)).lives()).toBe(true)
})
