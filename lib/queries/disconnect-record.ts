import { z } from 'zod'
import type { DisconnectReceipt } from '../core/status'
import type { Deps } from '../deps'

/** What a disconnect could prove, as its row in the trail tells. */
export type DisconnectRecord = { revoked: DisconnectReceipt['revoked']; words: string; at: Date; by: string }

const detailSchema = z.object({
  revoked: z.enum(['confirmed', 'not_confirmed', 'no_revoke']),
  words: z.string(),
})

/** @returns the receipt of the disconnect that ended the connection, `null` where it ended in another way */
export async function readDisconnect(
  deps: Pick<Deps, 'db'>,
  connectionId: string,
  endedAt: Date | null,
): Promise<DisconnectRecord | null> {
  if (!endedAt) return null
  const event = await deps.db.auditEvent.findFirst({
    where: { connectionId, action: 'connection.disconnected', at: { gte: endedAt } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { at: true, actorName: true, detail: true },
  })
  const detail = detailSchema.safeParse(event?.detail)
  return event && detail.success ? { ...detail.data, at: event.at, by: event.actorName } : null
}
