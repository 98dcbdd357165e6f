import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own. */
export type BenchServer = { url: string; stop(): void }

/**
 * @param bundle a bundled entry that calls `serveOrder`
 * @param order what it is told
 */
export async function startServer(bundle: string, order: object): Promise<BenchServer> {
  const child = fork(bundle, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send(order)
  const [url] = await Promise.race([
    once(child, 'message'),
    once(child, 'close').then(() => {
      throw new Error(`${bundle} ended before it listened`)
    }),
  ])
  return { url, stop: () => void child.kill('SIGKILL') }
}
