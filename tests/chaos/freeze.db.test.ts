import { expect, test } from 'vitest'
import { chaosTests } from './chaos-tests'
import type { Step } from './orders'
import { untilStopped } from './until-stopped'
import type { ChaosWorld } from './world'

const makeWorld = chaosTests()

/** A process that freezes at a step and sleeps past the end of its lease. */
async function freezeAt(world: ChaosWorld, connectionId: string, step: Step) {
  const sleeper = await world.start()
  await sleeper.ask({ kind: 'strike', at: step, signal: 'SIGSTOP' })
  const asleep = sleeper.ask({ kind: 'rotate', connectionId, cause: 'due' })
  await untilStopped(sleeper.pid)
  await world.endLeases()
  return {
    /** It wakes and brings what it had begun to its end. */
    async wake() {
      sleeper.signal('SIGCONT')
      return asleep
    },
  }
}

test.each([
  ['before_call', 'first_use'],
  ['after_answer', 'first_use'],
  ['after_commit', 'first_use'],
  ['before_call', 'immediate'],
  ['after_commit', 'immediate'],
] as const)(
  'a process frozen at %s that wakes after another one rotated harms nothing (revocation %s)',
  async (step, mode) => {
    const world = await makeWorld(mode)
    const connectionId = await world.connect()
    const sleeper = await freezeAt(world, connectionId, step)
    const other = await world.start()
    expect(await other.ask({ kind: 'rotate', connectionId, cause: 'due' })).toMatchObject({ kind: 'renewed' })
    const stored = await world.storedToken(connectionId)

    await sleeper.wake()

    expect(await world.facts(connectionId)).toMatchObject({ ownStatus: 'healthy' })
    expect(await world.storedToken(connectionId)).toMatchObject({ fingerprint: stored.fingerprint })
    expect(await stored.lives()).toBe(true)
    expect(await world.journal(connectionId)).not.toContain('open')
    expect(await other.ask({ kind: 'rotate', connectionId, cause: 'due' })).toMatchObject({ kind: 'renewed' })
    expect(await (await world.storedToken(connectionId)).lives()).toBe(true)
  },
)

test('an answer that a frozen process had read ends the doubt when it wakes', async () => {
  const world = await makeWorld('immediate')
  const connectionId = await world.connect()
  const sleeper = await freezeAt(world, connectionId, 'after_answer')
  const other = await world.start()
  await other.ask({ kind: 'rotate', connectionId, cause: 'due' })
  expect((await world.facts(connectionId)).ownStatus).not.toBe('healthy')

  await sleeper.wake()

  expect(await world.facts(connectionId)).toMatchObject({ ownStatus: 'healthy', uncertainAt: null })
  expect(await (await world.storedToken(connectionId)).lives()).toBe(true)
})
