import { newId } from '../core/ids'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { overlapMs } from './channel-secret'
import { kindSentNow } from './kind-sent-now'

const batch = 100

type DispatchDeps = Pick<Deps, 'db' | 'clock' | 'random'>

/**
 * Makes a delivery of each announced event for each channel that wants it. An event is given out once, by whichever process
 * locks it first; a channel gets what happened since it was made, and nothing of the time it was paused. Of a database that is
 * held, nothing is given out but that it is.
 *
 * @returns how many deliveries were made
 */
export async function dispatchNotifications(deps: DispatchDeps): Promise<number> {
  await forgetOldSecrets(deps)
  let made = 0
  for (;;) {
    const round = await deps.db.$transaction((tx) => dispatchBatch(tx, deps))
    made += round.made
    if (round.events < batch) return made
  }
}

async function dispatchBatch(tx: Tx, deps: DispatchDeps): Promise<{ events: number; made: number }> {
  const only = await kindSentNow(tx)
  const events = await tx.$queryRaw<{ id: string; kind: string; at: Date }[]>`
    SELECT id, kind, at FROM notification
    WHERE dispatched_at IS NULL AND (${only}::text IS NULL OR kind = ${only}::text)
    ORDER BY at, id LIMIT ${batch} FOR UPDATE SKIP LOCKED`
  if (events.length === 0) return { events: 0, made: 0 }
  // Held until the deliveries are committed: who pauses a channel sees them all, and ends them.
  const channels = await tx.$queryRaw<{ id: string; events: string[]; createdAt: Date }[]>`
    SELECT id, events, created_at AS "createdAt" FROM notification_channel
    WHERE paused_at IS NULL AND removed_at IS NULL ORDER BY id FOR SHARE`
  const now = deps.clock.now()
  const deliveries = events.flatMap((event) =>
    channels
      .filter((channel) => wants(channel, event))
      .map((channel) => ({
        id: newId('delivery', now.getTime(), deps.random.bytes(10)),
        notificationId: event.id,
        channelId: channel.id,
        nextTryAt: now,
        createdAt: now,
      })),
  )
  const { count } = await tx.notificationDelivery.createMany({ data: deliveries, skipDuplicates: true })
  await tx.notification.updateMany({
    where: { id: { in: events.map(({ id }) => id) } },
    data: { dispatchedAt: now },
  })
  return { events: events.length, made: count }
}

function wants(
  channel: { events: string[]; createdAt: Date },
  { kind, at }: { kind: string; at: Date },
): boolean {
  const chosen = channel.events.length === 0 || channel.events.includes(kind)
  return chosen && at.getTime() >= channel.createdAt.getTime()
}

async function forgetOldSecrets(deps: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  await deps.db.notificationChannel.updateMany({
    where: {
      previousSecretSealed: { not: null },
      secretReplacedAt: { lte: new Date(deps.clock.now().getTime() - overlapMs) },
    },
    data: { previousSecretSealed: null },
  })
}
