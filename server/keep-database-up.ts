import type { EmbeddedCluster } from '../lib/db/embedded-cluster'
import type { Logger } from '../lib/telemetry/logger'

const everyMs = 2_000

/** Looks after the embedded PostgreSQL while the process runs: one that was killed is started again. */
export function keepDatabaseUp(cluster: EmbeddedCluster, log: Logger): { stop(): Promise<void> } {
  let look: Promise<void> = Promise.resolve()
  let looking = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look = cluster
      .keepUp()
      .then((restarted) => {
        if (restarted) log.warn({}, 'the embedded database was gone and runs again')
      })
      .catch((error: unknown) => log.error({ err: error }, 'the embedded database does not start'))
      .finally(() => {
        looking = false
      })
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await look
    },
  }
}
