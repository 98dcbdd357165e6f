import { z } from 'zod'
import { type Actor, requireRole, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import { testKind } from '../core/notification-words'
import type { Deps } from '../deps'
import { auditChannel, lockChannel } from './channel-audit'
import { channelFields, parseChannelInput } from './channel-input'
import { claimMs } from './claim-deliveries'
import { deliverNotifications, sendingSelect } from './deliver-notification'
import type { DeliveryOutcome } from './delivery-outcome'
import { type SendableEvent, sendableEvent, sendableSelect } from './sendable-event'

const inputSchema = z.object({ channelId: channelFields.channelId })

/**
 * Sends a test message now, the way every message goes, and tells how it went; role admin. It stands in the log, and is not
 * tried again.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `conflict` for a paused channel
 */
export async function sendTrial(deps: Deps, actor: Actor, input: unknown): Promise<DeliveryOutcome> {
  const user = requireRole(actor, 'admin')
  const { channelId } = parseChannelInput(inputSchema, input)
  const { id, event } = await writeTrial(deps, user, channelId)
  const channel = await deps.db.notificationChannel.findUniqueOrThrow({
    where: { id: channelId },
    select: sendingSelect,
  })
  const [outcome] = await deliverNotifications(deps, channel, [{ id, attempts: 1, event }])
  if (!outcome) throw new Error('a test message had no outcome')
  return outcome
}

/** The event and its one delivery, claimed from the start. */
async function writeTrial(
  deps: Deps,
  user: UserActor,
  channelId: string,
): Promise<{ id: string; event: SendableEvent }> {
  const at = deps.clock.now()
  const id = newId('delivery', at.getTime(), deps.random.bytes(10))
  const notificationId = newId('notification', at.getTime(), deps.random.bytes(10))
  return deps.db.$transaction(async (tx) => {
    const channel = await lockChannel(tx, channelId)
    if (channel.pausedAt) throw new PatchbayError('conflict', 'The channel is paused. Resume it first.')
    const row = await tx.notification.create({
      data: {
        id: notificationId,
        kind: testKind,
        dedupeKey: `${testKind} ${notificationId}`,
        at,
        subjectKind: 'channel',
        subjectId: channelId,
        subjectName: channel.name,
        detail: { sentBy: user.name },
        dispatchedAt: at,
      },
      select: sendableSelect,
    })
    await tx.notificationDelivery.create({
      data: {
        id,
        notificationId,
        channelId,
        attempts: 1,
        nextTryAt: new Date(at.getTime() + claimMs),
        createdAt: at,
      },
      select: { id: true },
    })
    await auditChannel(tx, deps, user, channel, 'notification_channel.tested')
    return { id, event: sendableEvent(row) }
  })
}
