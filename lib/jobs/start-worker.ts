import { providerIds } from '../core/provider'
import { createPool } from '../db/pool'
import type { Deps } from '../deps'
import { runTasks } from './run-tasks'
import { rotationTask, type TaskHandlers } from './tasks'

/**
 * Rotations of one provider at once: those that call it, and those that wait in line for a place. What does not fit waits in
 * the database.
 */
const rotationSlots = 300
const otherSlots = 20
/** Four listen, the others fetch and finish jobs: the queue moves on while the process's own pool is busy, however small. */
const connections = 7

/** Once an hour. */
const crontab = '17 * * * * prune ?jobKey=prune&max=1'

export type JobWorker = {
  /** Takes no more jobs, gives back those that have not begun, and resolves when those that run have ended. */
  stop(): Promise<void>
}

/**
 * Carries out jobs in this process. The rotations of each provider have a runner of their own, so that a provider that is slow
 * takes no other's slots, and what is due to it stays in the queue instead of being turned away.
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
  const runners = await Promise.all([
    ...providerIds.map((provider) =>
      runTasks({ ...shared, tasks: [rotationTask(provider)], slots: rotationSlots }),
    ),
    runTasks({ ...shared, tasks: ['first-use', 'notify', 'prune'], slots: otherSlots, crontab }),
  ])
  return {
    async stop() {
      await Promise.all(runners.map((runner) => runner.stop()))
      await pool.end()
    },
  }
}
