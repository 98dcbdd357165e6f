import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { BenchSetting } from './bench-setting'
import type { BenchWorld } from './bench-world'
import type { BenchProvider } from './provider-process'

/** What a bare loop is told over IPC. */
export type BareLoopOrder = {
  databaseUrl: string
  providerUrl: string
  ids: string[]
  /** Connections renewed at the same time. */
  atOnce: number
}

/** As many as the product lets run against one app, over all processes. */
const atOnce = 50

/** Runs the yardstick of `rotation` in so many processes, each with its share of the connections. */
export async function runBareLoop(
  setting: BenchSetting,
  world: BenchWorld,
  provider: BenchProvider,
  ids: readonly string[],
  processes: number,
): Promise<void> {
  const children = Array.from({ length: processes }, () =>
    fork(setting.bareLoopBundle, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  const ends = children.map((child, index) => {
    const own = ids.filter((_, at) => at % processes === index)
    const order: BareLoopOrder = {
      databaseUrl: world.env.DATABASE_URL,
      providerUrl: provider.url,
      ids: own,
      atOnce: atOnce / processes,
    }
    child.send(order)
    return once(child, 'close')
  })
  for (const [code] of await Promise.all(ends)) if (code !== 0) throw new Error('a bare loop failed')
}
