import type { NotificationKind } from '../core/notification-event'
import type { Db } from '../db/client'

/**
 * What a copy of a database sends while it is held: that it is one. What else waits in it the original has sent, or will.
 *
 * @returns the only kind that is sent now; `null` for all
 */
export async function kindSentNow(db: Pick<Db, 'instanceIdentity'>): Promise<NotificationKind | null> {
  const held = await db.instanceIdentity.count({ where: { heldAt: { not: null } } })
  return held > 0 ? 'database.held' : null
}
