import { setTimeout as pause } from 'node:timers/promises'
import { runBareLoop } from './bare-loop-process'
import type { Bench } from './bench-setting'
import { type BenchWorld, benchWorld } from './bench-world'
import { exactly } from './figure'
import type { ProviderCounts } from './provider-messages'
import { type BenchProvider, startProvider } from './provider-process'

const connections = 10_000
/** Time for each worker to start in, before everything is due at once. */
const startMs = 4_000
const longestMs = 120_000
/** Refreshes a second that the best known open alternative was left behind by (design, section 11). */
const markToBeat = 1_100

/** Refreshes per second by 1 and by 2 workers, beside bare loops that do the same statements and calls one by one. */
export const rotation: Bench = async (setting, tell, say) => {
  for (const processes of [1, 2]) {
    const bare = await measure(setting, (world, provider, ids) =>
      runBareLoop(setting, world, provider, ids, processes),
    )
    const worked = await measure(setting, async (world, provider, ids) => {
      const dueAt = new Date(Date.now() + startMs * processes)
      await world.pool.query('UPDATE connection SET next_attempt_at = $1', [dueAt])
      await planAll(world, ids)
      await Promise.all(Array.from({ length: processes }, world.startWorker))
      await untilMinted(provider, ids.length)
    })
    const name = `refreshes, ${processes} worker process${processes === 1 ? '' : 'es'}`
    const ratio = worked.perSecond / bare.perSecond
    tell({
      name,
      value: worked.perSecond,
      unit: '/s',
      yardstick: bare.perSecond,
      ratio,
      target: `70 % of the yardstick; ${markToBeat}/s is the mark to beat`,
      ok: ratio >= 0.7,
    })
    tell(exactly(`${name}: pairs the provider gave out`, worked.counts.mints, worked.renewed, 'mints'))
    tell(exactly(`${name}: tokens spent twice`, worked.counts.spentTwice, 0, 'tokens'))
    say(`${worked.counts.atOnceMax} calls at once; one is answered in 20 ms, and each refresh makes two`)
  }
}

type Measured = { perSecond: number; counts: ProviderCounts; renewed: number }
type Work = (world: BenchWorld, provider: BenchProvider, ids: string[]) => Promise<void>

/** The same for both: as many connections, a provider and a database of their own, and the provider's own clock. */
async function measure(setting: Parameters<Bench>[0], work: Work): Promise<Measured> {
  const provider = await startProvider(setting.providerBundle, { delayMs: 20 })
  const world = await benchWorld(setting, provider.url)
  try {
    const ids = await world.seed(connections, () => new Date(), 600_000)
    await work(world, provider, ids)
    const counts = await provider.counts()
    const perSecond = (counts.mints * 1000) / (counts.lastCallAt - counts.firstCallAt)
    await world.untilQuiet()
    return { perSecond, counts: await provider.counts(), renewed: await world.renewed() }
  } finally {
    await world.close()
    provider.stop()
  }
}

/** As the product plans what it stores: one job each, at the instant that stands in the row. */
export async function planAll(world: BenchWorld, ids: readonly string[]): Promise<void> {
  const rows = await world.deps.db.connection.findMany({ select: { id: true, nextAttemptAt: true } })
  const dueAt = new Map(rows.map((row) => [row.id, row.nextAttemptAt]))
  await world.deps.jobs.planRotations(
    ids.map((connectionId) => ({
      connectionId,
      provider: 'outstand',
      at: dueAt.get(connectionId) ?? new Date(),
      failing: false,
    })),
  )
}

/** Resolves when the provider has given out so many pairs. */
export async function untilMinted(
  provider: BenchProvider,
  mints: number,
  withinMs = longestMs,
): Promise<void> {
  for (const endMs = performance.now() + withinMs; performance.now() < endMs; await pause(100))
    if ((await provider.counts()).mints >= mints) return
  throw new Error(`not all of ${mints} connections were renewed in time`)
}
