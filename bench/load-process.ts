import { fork } from 'node:child_process'
import { once } from 'node:events'

export type LoadOrder = {
  /** Of servers that share the clients. */
  urls: string[]
  /** Each request takes one of them at random. */
  paths: string[]
  headers: Record<string, string>
  seconds: number
}

export type LoadResult = {
  /** Answers with 2xx. */
  perSecond: number
  p99Ms: number
  /** Other answers, and requests without one. */
  failed: number
}

export type LoadGenerator = {
  run(order: LoadOrder): Promise<LoadResult>
  stop(): void
}

/** @param bundle the bundled bench/load.ts */
export function startLoad(bundle: string): LoadGenerator {
  const child = fork(bundle, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    async run(order) {
      const ended = new AbortController()
      child.send(order)
      const [result] = await Promise.race([
        once(child, 'message', ended),
        once(child, 'close', ended).then(() => {
          throw new Error('the load generator ended')
        }),
      ])
      ended.abort()
      return result
    },
    stop: () => void child.kill('SIGKILL'),
  }
}
