import { setTimeout as pause } from 'node:timers/promises'

/**
 * Does something at once and then again and again, one after the other.
 *
 * @param everyMs between an end and the next beginning
 * @param work never throws
 * @returns `stop`, which resolves when the one that runs has ended
 */
export function regularly(everyMs: number, work: () => Promise<void>): { stop(): Promise<void> } {
  const stopping = new AbortController()
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await work()
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const ended = run()
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}
