import type { ReadResult } from '../tests/chaos/orders'
import type { ChaosProcess } from '../tests/chaos/run-process'
import type { Bench } from './bench-setting'
import { benchWorld } from './bench-world'
import { startProvider } from './provider-process'

const readers = 200
const processesMax = 4
const delaysMs = [100, 11_000, 15_000, 30_000]

type Storm = { connectionId: string; processes: number; delayMs: number }

/** 200 readers of one expired token in 1 to 4 processes, while the provider takes its time: one token call each. */
export const storm: Bench = async (setting, tell, say) => {
  const provider = await startProvider(setting.providerBundle)
  const world = await benchWorld(setting, provider.url)
  try {
    const ended = new Date(Date.now() - 60_000)
    const ids = await world.seed(processesMax * delaysMs.length, () => ended, 0)
    const storms: Storm[] = ids.map((connectionId, index) => ({
      connectionId,
      processes: 1 + (index % processesMax),
      delayMs: delaysMs[Math.floor(index / processesMax)] ?? 0,
    }))
    provider.set({
      delays: Object.fromEntries(storms.map(({ connectionId, delayMs }) => [connectionId, delayMs])),
    })
    const crowd = await Promise.all(Array.from({ length: processesMax }, () => world.start()))
    say('storms with the same delay are one after the other at 0.1 s, all at the same time above')

    async function rage({ connectionId, processes, delayMs }: Storm): Promise<void> {
      const startMs = performance.now()
      const reads = await readAll(crowd.slice(0, processes), connectionId)
      const tookMs = performance.now() - startMs
      const stored = await world.deps.db.tokenPair.findUniqueOrThrow({
        where: { connectionId },
        select: { accessFingerprint: true, generation: true },
      })
      const living = reads.filter(
        (read) => 'fingerprint' in read && read.fingerprint === stored.accessFingerprint,
      )
      const calls = (await provider.counts()).byConnection[connectionId]?.calls ?? 0
      tell({
        name: `storm of ${readers} in ${processes}, answered in ${delayMs / 1000} s: token calls`,
        value: calls,
        unit: `call${calls === 1 ? '' : 's'}`,
        yardstick: null,
        ratio: null,
        target: `1, and ${readers} readers of the same living token (${living.length}; all in ${(tookMs / 1000).toFixed(2)} s)`,
        ok: calls === 1 && living.length === readers,
      })
    }
    for (const each of storms.filter(({ delayMs }) => delayMs < 1000)) await rage(each)
    await Promise.all(storms.filter(({ delayMs }) => delayMs >= 1000).map(rage))
    const { refused, spentTwice } = await provider.counts()
    say(`${refused} token calls refused, ${spentTwice} tokens spent twice`)
  } finally {
    await world.close()
    provider.stop()
  }
}

async function readAll(processes: ChaosProcess[], connectionId: string): Promise<ReadResult[]> {
  const share = readers / processes.length
  const reads = processes.map((each, index) => {
    const own = Math.floor((index + 1) * share) - Math.floor(index * share)
    return each.ask({ kind: 'read', connectionId, readers: own })
  })
  return (await Promise.all(reads)).flat()
}
