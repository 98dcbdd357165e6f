import type { BareProxyOrder } from './bare-proxy'
import { benchApp } from './bench-apps'
import { makeKey } from './bench-key'
import type { Bench } from './bench-setting'
import { benchWorld } from './bench-world'
import { exactly, type Figure } from './figure'
import { seedConnections } from './seed-connections'
import { startServer } from './server-process'
import { rateFigure, type SideBySide } from './side-by-side'
import { webBesideBare } from './web-beside-bare'

const connections = 100_000
/** Of which so many are called: a few again and again, or each of them now and then. */
const calledCounts = [1_000, connections]
/** Design, section 11. */
const target = { percentMin: 60, markToBeat: 3_000 }
const addedMax = 15

/** Proxied calls a second by 1 and by 2 processes to an API that answers at once, beside bare reverse proxies. */
export const proxy: Bench = async (setting, tell, say) => {
  const upstream = await startServer(setting.bundle('upstream'), {})
  const world = await benchWorld(setting, upstream.url)
  try {
    const app = await benchApp(world, {
      provider: 'outreach',
      environment: 'production',
      baseUrl: upstream.url,
    })
    const ids = await seedConnections(world, connections, [app])
    const apiKey = await makeKey(world.deps, ['proxy'])
    const order: BareProxyOrder = { upstream: upstream.url }
    for (const called of calledCounts) {
      const paths = ids.slice(0, called).map((id) => `/api/v1/proxy/${id}/api/v2/prospects`)
      await webBesideBare(setting, world, { bare: 'bare-proxy', order, paths, apiKey }, (processes, found) =>
        tellProxied(tell, `proxied calls, ${called.toLocaleString('en')} accounts, ${processes}`, found),
      )
    }
    say('each account has a rate limit of its own; load, servers and PostgreSQL share this machine')
  } finally {
    await world.close()
    upstream.stop()
  }
}

function tellProxied(tell: (figure: Figure) => void, name: string, found: SideBySide): void {
  const { product, yardstick } = found
  tell(rateFigure(name, found, target))
  const added = product.p99Ms - yardstick.p99Ms
  tell({
    name: `${name}: added to the 99th percentile`,
    value: added,
    unit: 'ms',
    yardstick: yardstick.p99Ms,
    ratio: product.p99Ms / yardstick.p99Ms,
    target: `${addedMax} ms at most`,
    ok: added <= addedMax,
  })
  tell(exactly(`${name}: not answered by the provider`, product.failed + yardstick.failed, 0, 'requests'))
}
