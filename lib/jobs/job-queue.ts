import type { ProviderId } from '../core/provider'
import type { Statements } from '../db/named-statements'
import type { Clock } from '../deps'
import { rotationKey, rotationTask, type TaskName, type TaskPayload } from './tasks'

/** When a connection's rotation is to run. A waiting job of the same connection is replaced by it. */
export type RotationPlan = {
  connectionId: string
  provider: ProviderId
  at: Date
  /** Failing ones come after those that are well. */
  failing: boolean
}

export type JobOptions = {
  /** A waiting job with the same key is replaced; one that runs is joined by a second. */
  key?: string
  /** As soon as possible when left out. */
  at?: Date
  /** Tries at most, with growing pauses between them; 25 (three days) when left out. */
  maxAttempts?: number
}

/** Jobs that processes with the role `worker` carry out. Adding one is a write in the database, by whatever process. */
export type JobQueue = {
  planRotations(plans: readonly RotationPlan[]): Promise<void>
  add<Name extends TaskName>(task: Name, payload: TaskPayload<Name>, options?: JobOptions): Promise<void>
}

/**
 * Adds jobs in one statement. Waiting times are spans, counted by the database's clock as the worker's are: a process whose
 * clock is wrong is neither early nor late. Of two jobs with one key the later one counts, and keys are taken in their order,
 * so that two statements never wait for each other.
 */
const addJobs = {
  name: 'add_jobs',
  text: `
    WITH item AS MATERIALIZED (
      SELECT DISTINCT ON (coalesce('key ' || key, n::text)) *
      FROM jsonb_to_recordset($1::jsonb) AS item (n int, task text, payload json, key text, delay_ms float8,
        max_attempts int, priority int)
      ORDER BY coalesce('key ' || key, n::text), n DESC
    )
    SELECT 0 AS n, count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT (task, payload, NULL, now() + delay_ms * interval '1 millisecond', max_attempts, key, priority,
        NULL)::graphile_worker.job_spec
      FROM item))`,
}

type Item = {
  task: TaskName
  payload: unknown
  key: string | null
  delay_ms: number
  max_attempts: number | null
  priority: number
}

/** Lower comes first. */
const priorities = { well: 0, failing: 10 }
/** More than this is a statement of its own; fewer join what other callers add at the same time. */
const togetherMax = 50
const statementMax = 5_000

/** The queue in the product's own database. */
export function createJobQueue({ sql, clock }: { sql: Statements; clock: Clock }): JobQueue {
  const delayOf = (at: Date) => Math.max(0, at.getTime() - clock.now().getTime())

  async function addAll(items: readonly Item[]): Promise<void> {
    if (items.length <= togetherMax) {
      await Promise.all(items.map((item) => sql.batched(addJobs, item)))
      return
    }
    for (let from = 0; from < items.length; from += statementMax) {
      const numbered = items.slice(from, from + statementMax).map((item, n) => ({ n, ...item }))
      await sql.run(addJobs, [JSON.stringify(numbered)])
    }
  }

  return {
    planRotations: (plans) =>
      addAll(
        plans.map(({ connectionId, provider, at, failing }) => ({
          task: rotationTask(provider),
          payload: { connectionId },
          key: rotationKey(connectionId),
          delay_ms: delayOf(at),
          max_attempts: null,
          priority: failing ? priorities.failing : priorities.well,
        })),
      ),
    add: (task, payload, { key, at, maxAttempts } = {}) =>
      addAll([
        {
          task,
          payload,
          key: key ?? null,
          delay_ms: at ? delayOf(at) : 0,
          max_attempts: maxAttempts ?? null,
          priority: priorities.well,
        },
      ]),
  }
}
