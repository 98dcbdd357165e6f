import { setTimeout as pause } from 'node:timers/promises'
import { type Runner, type RunnerOptions, run } from 'graphile-worker'
import type { Pool } from '../db/pool'
import type { Logger } from '../telemetry/logger'
import { queueLog } from './queue-log'
import { type TaskHandlers, type TaskName, taskPayloads } from './tasks'

/** The library ends a runner that could not write to the database for minutes; it is started again after this. */
const startAgainMs = 5_000

export type RunTasks = {
  pool: Pool
  log: Logger
  handlers: TaskHandlers
  tasks: readonly TaskName[]
  /** Jobs at once. */
  slots: number
  /** When which task is added by itself, in the form of cron (UTC). */
  crontab?: string
}

/** Takes the jobs of some tasks and carries them out, until it is stopped. */
export async function runTasks(options: RunTasks): Promise<{ stop(): Promise<void> }> {
  const { log, tasks } = options
  const stopping = new AbortController()
  let runner = await start(options)

  async function startAgain(): Promise<void> {
    await pause(startAgainMs, undefined, { signal: stopping.signal }).catch(() => {})
    if (stopping.signal.aborted) return
    try {
      runner = await start(options)
    } catch (error) {
      log.error({ err: error, tasks }, 'the job runner could not be started')
      await startAgain()
    }
  }

  async function lookAfter(): Promise<void> {
    while (!stopping.signal.aborted) {
      await runner.promise.catch((error: unknown) => log.error({ err: error, tasks }, 'the job runner ended'))
      await startAgain()
    }
  }

  const ended = lookAfter()
  return {
    async stop() {
      stopping.abort()
      await runner
        .stop()
        .catch((error: unknown) => log.debug({ err: error, tasks }, 'the job runner had ended'))
      await ended
    },
  }
}

function start({ pool, log, handlers, tasks, slots, crontab }: RunTasks): Promise<Runner> {
  const options: RunnerOptions = {
    pgPool: pool,
    logger: queueLog(log),
    noHandleSignals: true,
    taskList: Object.fromEntries(tasks.map((name) => [name, taskOf(name, handlers)])),
    ...(crontab ? { crontab } : { parsedCronItems: [] }),
    preset: {
      worker: {
        concurrentJobs: slots,
        pollInterval: 2_000,
        completeJobBatchDelay: 25,
        failJobBatchDelay: 25,
        localQueue: {
          size: slots,
          ttl: 30_000,
          // Each statement that adds jobs wakes every process: a thousand rotations a second need a few looks.
          refetchDelay: {
            durationMs: 200,
            threshold: slots - 1,
            maxAbortThreshold: Number.POSITIVE_INFINITY,
          },
        },
      },
    },
  }
  return run(options)
}

function taskOf<Name extends TaskName>(name: Name, handlers: TaskHandlers) {
  return async (payload: unknown): Promise<void> => {
    // A schema's type does not follow its own name through the table; both are indexed by it.
    const handler = handlers[name] as (parsed: unknown) => Promise<void>
    await handler(taskPayloads[name].parse(payload))
  }
}
