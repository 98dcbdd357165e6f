import type { Deps } from '../lib/deps'
import { renewDue } from '../lib/rotation/renew-due'

const everyMs = 5_000
const batch = 20

/**
 * Renews what is due, again and again, in a process with the role `worker`. A full batch is followed by the next at once.
 *
 * @returns `stop`, which resolves when the renewal that runs has ended: one that was sent is never abandoned
 */
export function renewRegularly(deps: Deps): { stop(): Promise<void> } {
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let wake: () => void = () => {}

  async function run(): Promise<void> {
    while (!stopping) {
      const renewed = await renewDue(deps, { limit: batch }).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'what is due could not be looked up')
        return 0
      })
      if (renewed < batch && !stopping)
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, everyMs)
        })
    }
  }

  const ended = run()
  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      wake()
      await ended
    },
  }
}
