import type { BenchSetting } from './bench-setting'
import type { BenchWorld } from './bench-world'
import { startLoad } from './load-process'
import { type BenchServer, startServer } from './server-process'
import { type SideBySide, sideBySide } from './side-by-side'
import { startWeb } from './web-process'

export type WebLoad = {
  /** The entry of the yardstick's server, and what it is told. */
  bare: string
  order: object
  paths: string[]
  apiKey: string
}

/** Loads 1 and then 2 web processes of the product beside as many bare servers, with the same requests. */
export async function webBesideBare(
  setting: BenchSetting,
  world: BenchWorld,
  { bare, order, paths, apiKey }: WebLoad,
  tell: (name: string, found: SideBySide) => void,
): Promise<void> {
  const load = startLoad(setting.bundle('load'))
  const headers = { authorization: `Bearer ${apiKey}` }
  const web: BenchServer[] = []
  const yardsticks: BenchServer[] = []
  const loadOf = (servers: readonly BenchServer[]) => ({
    urls: servers.map(({ url }) => url),
    paths,
    headers,
  })
  try {
    for (const processes of [1, 2]) {
      web.push(await startWeb(setting, world.env))
      yardsticks.push(await startServer(setting.bundle(bare), order))
      tell(
        `${processes} process${processes === 1 ? '' : 'es'}`,
        await sideBySide(load, loadOf(web), loadOf(yardsticks)),
      )
    }
  } finally {
    load.stop()
    for (const server of [...web, ...yardsticks]) server.stop()
  }
}
