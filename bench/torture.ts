import { setTimeout as pause } from 'node:timers/promises'
import { steps } from '../tests/chaos/orders'
import type { ChaosProcess } from '../tests/chaos/run-process'
import type { BenchWorld } from './bench-world'
import type { BenchProvider } from './provider-process'

/** Processes that are tortured at the same time. */
const lanes = 3
/** Of the provider: long enough to be killed in. */
export const answerMs = 150

/** Beside the steps of a process itself: the provider has carried the call out and not answered, and any moment at all. */
const moments = [...steps, 'during_call', 'any_time'] as const
export type Moment = (typeof moments)[number]

/** Looks random, and is the same each time. */
export function momentOf(index: number): Moment {
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 8
  return moments[mixed % moments.length] ?? 'any_time'
}

export type Killing = { id: string; moment: Moment }

/** Kills a process for each, in the middle of its rotation. */
export async function killAll(
  world: BenchWorld,
  provider: BenchProvider,
  plan: readonly Killing[],
): Promise<void> {
  const duringCall = new Map<string, ChaosProcess>()
  provider.onMint((connectionId) => duringCall.get(connectionId)?.signal('SIGKILL'))
  const waiting = [...plan]
  async function lane(): Promise<void> {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { id, moment } = next
      const victim = await world.start()
      if (moment === 'during_call') duringCall.set(id, victim)
      else if (moment !== 'any_time') await victim.ask({ kind: 'strike', at: moment, signal: 'SIGKILL' })
      victim.ask({ kind: 'rotate', connectionId: id, cause: 'due' }).catch(() => {})
      if (moment === 'any_time') {
        await pause(Math.random() * 3 * answerMs)
        victim.signal('SIGKILL')
      }
      await victim.exited
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  provider.onMint(null)
}
