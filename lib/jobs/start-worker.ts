import { createPool } from '../db/pool'
import type { Deps } from '../deps'
import { runTasks } from './run-tasks'
import type { TaskHandlers } from './tasks'

/** Rotations at once: more than may call a provider or wait for that, so that none of these holds up another provider's. */
const rotationSlots = 800
const otherSlots = 20
/** Two listen, two fetch and finish jobs: the queue moves on while the process's own pool is busy, however small that is. */
const connections = 4

/** Once an hour. */
const crontab = '17 * * * * prune ?jobKey=prune&max=1'

export type JobWorker = {
  /** Takes no more jobs, gives back those that have not begun, and resolves when those that run have ended. */
  stop(): Promise<void>
}

/**
 * Carries out jobs in this process. Rotations have a runner of their own, so that nothing else keeps them waiting.
 *
 * @param handlers what each task does; a job that has begun is never cut off
 */
export async function startWorker(
  deps: Pick<Deps, 'config' | 'log'>,
  handlers: TaskHandlers,
): Promise<JobWorker> {
  const { log } = deps
  const pool = createPool(deps.config.databaseUrl.reveal(), connections, (error) =>
    log.warn({ err: error }, 'a database connection of the job queue was lost'),
  )
  const shared = { pool, log, handlers }
  const rotations = await runTasks({
    ...shared,
    tasks: ['rotate-outreach', 'rotate-envoy', 'rotate-outstand'],
    slots: rotationSlots,
  })
  const others = await runTasks({
    ...shared,
    tasks: ['first-use', 'notify', 'prune'],
    slots: otherSlots,
    crontab,
  })
  return {
    async stop() {
      await Promise.all([rotations.stop(), others.stop()])
      await pool.end()
    },
  }
}
