import { workersStoppedSince } from '../core/workers'
import type { Deps } from '../deps'
import { announce } from '../notifications/announce'
import { type Beat, workersSubjectId } from './beat'

const subject = { kind: 'instance', id: workersSubjectId, name: 'Token renewal' } as const
const stoppedPrefix = 'workers.stopped:'

/**
 * Announces that no worker renews tokens, once for each time, and that one does again. Every process that beats may notice it;
 * the key, made of the last worker's beat, lets one of them speak. Open pages read their banners again.
 */
export async function tellWorkers(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'events'>,
  { signs, at, told }: Beat,
): Promise<void> {
  const since = workersStoppedSince(signs, at)
  const wasStopped = told?.startsWith(stoppedPrefix) === true
  const key = since ? `${stoppedPrefix}${since.toISOString()}` : null
  if (key === null ? !wasStopped : told === key) return
  const announced = await announce(deps.db, deps, {
    ...(key === null
      ? ({ kind: 'workers.running', dedupeKey: `workers.running:${told}` } as const)
      : ({ kind: 'workers.stopped', dedupeKey: key } as const)),
    subject,
    // Since when they were gone, told again when they are back.
    detail: { since: since?.toISOString() ?? told?.slice(stoppedPrefix.length) ?? null },
  })
  if (announced) await deps.events.publish({ topic: 'instance', id: workersSubjectId })
}
