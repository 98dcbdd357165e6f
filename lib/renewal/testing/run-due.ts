import type { Deps } from '../../deps'
import { createCallGate } from '../call-gate'
import { rotateJob } from '../rotate-job'
import { sweep } from '../sweep'

/**
 * What a worker does when the time of the test's clock has come, without the queue: the sweep, then the job of each connection
 * that is due, one after the other.
 *
 * @returns how many were due
 */
export async function runDue(deps: Deps): Promise<number> {
  const gate = createCallGate({ callsMax: 50, patienceMs: 5_000 })
  await sweep(deps)
  const due = await deps.db.connection.findMany({
    where: { lifecycle: 'live', nextAttemptAt: { lte: deps.clock.now() }, app: { hiddenAt: null } },
    orderBy: { nextAttemptAt: 'asc' },
    select: { id: true },
  })
  for (const { id } of due) await rotateJob(deps, gate, id)
  return due.length
}
