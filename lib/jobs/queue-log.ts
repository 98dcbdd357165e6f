import { Logger as QueueLogger } from 'graphile-worker'
import type { Logger } from '../telemetry/logger'

/**
 * The library's own log in ours: a line for each job is for debugging, what goes wrong is a warning. Its facts are left out,
 * since they hold whole jobs.
 */
export function queueLog(log: Pick<Logger, 'debug' | 'warn'>): QueueLogger {
  return new QueueLogger(({ label, taskIdentifier }) => (level, message, facts) => {
    const write = level === 'error' ? log.warn : log.debug
    write({ queue: label, task: taskIdentifier, err: facts?.error }, message)
  })
}
