import type { Bench } from './bench-setting'
import { benchWorld } from './bench-world'
import { exactly } from './figure'
import { startProvider } from './provider-process'
import { planAll, untilMinted } from './rotation'

const connections = 10_000
const minuteMs = 60_000
const callsMax = 50
/** Time to start the worker in. */
const startMs = 8_000

/** Ten thousand connections that are due in one minute, at a provider that is slow and takes few calls at once. */
export const due: Bench = async (setting, tell, say) => {
  const provider = await startProvider(setting.providerBundle, { delayMs: 200, callsMax })
  const world = await benchWorld(setting, provider.url)
  try {
    const { marginMs } = world.deps.providers.get('outstand').policy('oauth_code')
    const beginMs = Date.now() + startMs
    const ids = await world.seed(
      connections,
      (index) => new Date(beginMs + (index * minuteMs) / connections),
      marginMs,
    )
    const lapsesAt = new Map(
      ids.map((id, index) => [id, beginMs + (index * minuteMs) / connections + marginMs]),
    )
    await planAll(world, ids)
    await world.startWorker()
    await untilMinted(provider, connections, 10 * minuteMs)
    await world.untilQuiet()

    const rows = await world.deps.db.connection.findMany({ select: { id: true, lastSuccessAt: true } })
    const slackS = rows
      .map(
        ({ id, lastSuccessAt }) =>
          ((lapsesAt.get(id) ?? 0) - (lastSuccessAt?.getTime() ?? Number.POSITIVE_INFINITY)) / 1000,
      )
      .sort((one, other) => one - other)
    const { mints, turnedAway, spentTwice, atOnceMax, firstCallAt, lastCallAt } = await provider.counts()
    const slack = (share: number) => slackS[Math.floor(share * (slackS.length - 1))] ?? 0
    tell({
      name: `${connections} due in one minute: least slack left`,
      value: slack(0),
      unit: 's',
      yardstick: marginMs / 1000,
      ratio: slack(0) / (marginMs / 1000),
      target: 'all before they lapse',
      ok: slack(0) > 0 && (await world.renewed()) === connections,
    })
    tell(exactly('pairs the provider gave out', mints, connections, 'mints'))
    tell(exactly('tokens spent twice', spentTwice, 0, 'tokens'))
    tell(
      exactly(`calls turned away by the provider, which takes ${callsMax} at once`, turnedAway, 0, 'calls'),
    )
    say(
      `slack left: least ${slack(0).toFixed(0)} s, p1 ${slack(0.01).toFixed(0)} s, p50 ${slack(0.5).toFixed(0)} s, of ${marginMs / 1000} s`,
    )
    say(
      `${((lastCallAt - firstCallAt) / 1000).toFixed(0)} s from the first token call to the last, ${atOnceMax} calls at once at most`,
    )
  } finally {
    await world.close()
    provider.stop()
  }
}
