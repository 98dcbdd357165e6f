import { describe, expect, test } from 'vitest'
import { chaosTests } from './chaos-tests'
import type { Step } from './orders'
import type { ChaosProcess } from './run-process'
import type { RevocationMode } from './strict-provider'
import type { ChaosWorld } from './world'

const makeWorld = chaosTests()

type KilledAt = Step | 'during_call'

/** Kills a process in the middle of a rotation; `during_call` is when the provider has done its part and nobody knows. */
async function killAt(world: ChaosWorld, connectionId: string, step: KilledAt): Promise<void> {
  const victim = await world.start()
  if (step === 'during_call') world.gate.hold()
  else await victim.ask({ kind: 'strike', at: step, signal: 'SIGKILL' })
  const lost = expect(victim.ask({ kind: 'rotate', connectionId, cause: 'due' })).rejects.toThrow(
    'ended before',
  )
  if (step === 'during_call') {
    await expect.poll(() => world.gate.carriedOut()).toBe(1)
    victim.signal('SIGKILL')
  }
  expect(await victim.exited).toBe('SIGKILL')
  await lost
  world.gate.open()
}

/** Another process takes over and tries until it knows what became of the grant. */
async function recover(world: ChaosWorld, connectionId: string): Promise<ChaosProcess> {
  const heir = await world.start()
  for (let attempt = 0; attempt < 4; attempt++) {
    await world.endLeases()
    await world.endWaits()
    await heir.ask({ kind: 'rotate', connectionId, cause: 'due' })
    const { ownStatus } = await world.facts(connectionId)
    expect(ownStatus).not.toBe('needs_reconnect')
    if (ownStatus !== 'retrying') break
  }
  return heir
}

async function expectAlive(world: ChaosWorld, connectionId: string, heir: ChaosProcess): Promise<void> {
  expect(await world.facts(connectionId)).toMatchObject({ ownStatus: 'healthy' })
  expect(await (await world.storedToken(connectionId)).lives()).toBe(true)
  expect(await world.journal(connectionId)).not.toContain('open')
  // What is stored can be renewed again: the grant is not only alive, it stays so.
  expect(await heir.ask({ kind: 'rotate', connectionId, cause: 'due' })).toMatchObject({ kind: 'renewed' })
  expect(await (await world.storedToken(connectionId)).lives()).toBe(true)
}

const survivable: [KilledAt, RevocationMode, string][] = [
  ['before_call', 'first_use', 'between journal row and token call'],
  ['during_call', 'first_use', 'during the token call'],
  ['after_answer', 'first_use', 'between answer and commit'],
  ['after_commit', 'first_use', 'between commit and first use'],
  ['before_call', 'immediate', 'between journal row and token call'],
  ['after_commit', 'immediate', 'between commit and first use'],
]

describe('a process that is killed', () => {
  test.each(survivable)('at %s loses no grant under revocation %s (%s)', async (step, mode) => {
    const world = await makeWorld(mode)
    const connectionId = await world.connect()
    await killAt(world, connectionId, step)
    await expectAlive(world, connectionId, await recover(world, connectionId))
  })

  test.each([
    ['during_call', 'during the token call'],
    ['after_answer', 'between answer and commit'],
  ] as const)(
    'at %s leaves an uncertain connection where spent tokens die at once (%s)',
    async (step, _words) => {
      const world = await makeWorld('immediate')
      const connectionId = await world.connect()
      await killAt(world, connectionId, step)
      await recover(world, connectionId)
      expect(await world.facts(connectionId)).toMatchObject({
        ownStatus: 'uncertain',
        needsReconnectAt: null,
      })
      expect(await world.journal(connectionId)).not.toContain('open')
    },
  )
})
