import { hostname } from 'node:os'
import { newId } from '../lib/core/ids'
import type { Deps } from '../lib/deps'
import { type Beat, beat, endBeat, type ProcessSelf } from '../lib/processes/beat'
import { tellWorkers } from '../lib/processes/tell-workers'
import type { AdjustableClock } from '../lib/runtime/system'
import { regularly } from './regularly'

const everyMs = 15_000
/** A first beat that took too long to tell the time is asked again this often: nothing else begins before the clock is right. */
const firstTriesMax = 5
/** From here on a person should set the clock right, whatever Patchbay does about it. */
const worthTellingMs = 2_000

type Needs = Pick<Deps, 'sql' | 'db' | 'clock' | 'random' | 'events' | 'log' | 'config' | 'metrics'>

export type Beating = {
  /** Resolves when the row of this process is gone. */
  stop(): Promise<void>
}

/**
 * Tells the other processes every 15 seconds that this one lives, and keeps its clock at the database's. Resolves after the first
 * beat, so that nothing compares instants before the clock is right.
 *
 * @param version of Patchbay, for the settings page
 */
export async function beatRegularly(deps: Needs, clock: AdjustableClock, version: string): Promise<Beating> {
  const self: ProcessSelf = {
    id: newId('process', clock.now().getTime(), deps.random.bytes(10)),
    host: hostname(),
    pid: process.pid,
    roles: deps.config.roles,
    version,
  }
  let warned = false
  let triesLeft = firstTriesMax - 1

  async function once(): Promise<void> {
    const told = await timedBeat()
    if (told.offsetMs !== null) {
      clock.adjust(told.offsetMs)
      deps.metrics.clockOffset.set(told.offsetMs / 1000)
      if (!warned && Math.abs(told.offsetMs) > worthTellingMs) {
        warned = true
        deps.log.warn({ offsetMs: told.offsetMs }, 'the clock of this machine differs from the database’s')
      }
    }
    await tellWorkers(deps, told)
  }
  async function timedBeat(): Promise<Beat> {
    let told = await beat(deps, clock.source, self)
    for (; told.offsetMs === null && triesLeft > 0; triesLeft -= 1)
      told = await beat(deps, clock.source, self)
    triesLeft = 0
    return told
  }
  const safely = () =>
    once().catch((error: unknown) => deps.log.warn({ err: error }, 'the heartbeat was not written'))

  let beganToBeat = () => {}
  const first = new Promise<void>((resolve) => {
    beganToBeat = resolve
  })
  const beating = regularly(everyMs, () => safely().then(beganToBeat))
  await first
  return {
    async stop() {
      await beating.stop()
      await endBeat(deps, self.id)
    },
  }
}
