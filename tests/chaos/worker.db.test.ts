import { expect, test } from 'vitest'
import { chaosTests } from './chaos-tests'
import type { ChaosWorld } from './world'

const makeWorld = chaosTests()
const rotations = 50
const patient = { timeout: 60_000, interval: 100 }

/** How long this machine takes to start a worker that renews them all when no answer has to be waited for, in milliseconds. */
async function timeOfRenewals(world: ChaosWorld): Promise<number> {
  await world.expire()
  const beganMs = performance.now()
  const worker = await world.startWorker()
  const renewed = () => world.deps.db.connection.count({ where: { generation: 2 } })
  await expect.poll(renewed, patient).toBe(rotations)
  const tookMs = performance.now() - beganMs
  worker.signal('SIGTERM')
  expect(await worker.exited, worker.output()).toBe(0)
  return tookMs
}

test('SIGTERM during 50 rotations, answered in 9 s, loses none and ends the process within 15 s', async () => {
  // Where spent tokens die at once, an answer that nobody stores is a grant that is lost.
  const world = await makeWorld('immediate')
  for (let made = 0; made < rotations; made++) await world.connect()
  const usualMs = await timeOfRenewals(world)
  await world.expire()
  world.gate.slow(9_000)
  const worker = await world.startWorker()
  await expect.poll(() => world.gate.calls(), patient).toBe(2 * rotations)

  const stoppedMs = performance.now()
  worker.signal('SIGTERM')
  expect(await worker.exited, worker.output()).toBe(0)
  // Six seconds are left for storing what was answered; a machine on which a start alone takes long has its own measure.
  expect(performance.now() - stoppedMs).toBeLessThan(9_000 + Math.max(6_000, 3 * usualMs))

  expect(world.gate.calls()).toBe(2 * rotations)
  const connections = await world.deps.db.connection.findMany({ select: { id: true, ownStatus: true } })
  for (const { id, ownStatus } of connections) {
    expect(ownStatus).toBe('healthy')
    expect(await world.journal(id)).toEqual(['renewed', 'renewed'])
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
