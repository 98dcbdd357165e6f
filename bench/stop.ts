import { type Found, inspect, recover } from './aftermath'
import type { Bench } from './bench-setting'
import { benchWorld } from './bench-world'
import { exactly } from './figure'
import { startProvider } from './provider-process'
import { planAll, untilMinted } from './rotation'

const rotations = 50
/** A token call of a job is given up after 45 s; a second later nothing keeps the process. */
const stops = [
  { words: 'answered in 10 s', delayMs: 10_000, exitS: 15 },
  { words: 'never answered', delayMs: 600_000, exitS: 50 },
]

/** SIGTERM to a worker in the middle of fifty token calls: none is lost, and the process ends in time. */
export const stop: Bench = async (setting, tell) => {
  for (const { words, delayMs, exitS } of stops) {
    const provider = await startProvider(setting.providerBundle, { delayMs })
    const world = await benchWorld(setting, provider.url)
    try {
      const ids = await world.seed(rotations, () => new Date(), 600_000)
      await planAll(world, ids)
      const worker = await world.startWorker()
      await untilMinted(provider, rotations)
      const stoppedMs = performance.now()
      worker.signal('SIGTERM')
      const code = await worker.exited
      const tookS = (performance.now() - stoppedMs) / 1000
      const name = `SIGTERM during ${rotations} rotations, ${words}`
      tell({
        name: `${name}: exit after`,
        value: tookS,
        unit: 's',
        yardstick: null,
        ratio: null,
        target: `${exitS} s at most`,
        ok: code === 0 && tookS <= exitS,
      })
      provider.set({ delayMs: 20 })
      if (delayMs > 45_000) await recover(world, await world.start(), ids)
      const found = await Promise.all(ids.map((id) => inspect(world, provider, id)))
      const dead = found.filter(({ status, lives }: Found) => status !== 'healthy' || !lives).length
      tell(exactly(`${name}: grants lost`, dead, 0, 'grants'))
    } finally {
      await world.close()
      provider.stop()
    }
  }
}
