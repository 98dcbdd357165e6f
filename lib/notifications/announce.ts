import { newId } from '../core/ids'
import type { NotificationEvent } from '../core/notification-event'
import type { Db } from '../db/client'
import type { Deps } from '../deps'

/**
 * Writes down what people are to be told, in the transaction that makes it true; a worker sends it soon after.
 *
 * @returns false when the same event was announced before
 */
export async function announce(
  tx: Pick<Db, 'notification'>,
  deps: Pick<Deps, 'clock' | 'random'>,
  event: NotificationEvent,
): Promise<boolean> {
  const at = deps.clock.now()
  const { kind, dedupeKey, subject, detail } = event
  const { count } = await tx.notification.createMany({
    data: {
      id: newId('notification', at.getTime(), deps.random.bytes(10)),
      kind,
      dedupeKey,
      at,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectName: subject.name,
      detail,
    },
    skipDuplicates: true,
  })
  return count === 1
}

/**
 * Announces those of many events that were not announced before: for what a sweep finds again and again.
 *
 * @returns how many were announced now
 */
export async function announceNew(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  events: readonly NotificationEvent[],
): Promise<number> {
  const told = await deps.db.notification.findMany({
    where: { dedupeKey: { in: events.map(({ dedupeKey }) => dedupeKey) } },
    select: { dedupeKey: true },
  })
  const known = new Set(told.map(({ dedupeKey }) => dedupeKey))
  let count = 0
  for (const event of events) {
    if (!known.has(event.dedupeKey) && (await announce(deps.db, deps, event))) count += 1
  }
  return count
}
