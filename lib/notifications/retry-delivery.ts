import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { wordsOfKind } from '../core/notification-words'
import type { Deps } from '../deps'
import { noticesKey } from '../jobs/plan-notices'
import { auditChannel, lockChannel } from './channel-audit'
import { parseChannelInput } from './channel-input'

const inputSchema = z.object({ deliveryId: z.string().max(64) })

/**
 * Makes a delivery that was given up due again; role admin. A worker tries it soon; after
 * its tenth try it is given up again at the first that fails.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `conflict` when it is not given up, or its channel is paused
 */
export async function retryDelivery(deps: Deps, actor: Actor, input: unknown): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { deliveryId } = parseChannelInput(inputSchema, input)
  const delivery = await deps.db.notificationDelivery.findUnique({
    where: { id: deliveryId },
    select: { channelId: true, notification: { select: { kind: true, subjectName: true } } },
  })
  if (!delivery) throw new PatchbayError('not_found', 'There is no such delivery.')
  const { channelId, notification } = delivery
  await deps.db.$transaction(async (tx) => {
    const channel = await lockChannel(tx, channelId)
    if (channel.pausedAt) throw new PatchbayError('conflict', 'The channel is paused. Resume it first.')
    const { count } = await tx.notificationDelivery.updateMany({
      where: { id: deliveryId, state: 'given_up' },
      data: { state: 'waiting', nextTryAt: deps.clock.now(), endedAt: null },
    })
    if (count === 0)
      throw new PatchbayError('conflict', 'Only a delivery that was given up is tried again by hand.')
    const event = wordsOfKind(notification.kind).happened(notification.subjectName)
    await auditChannel(tx, deps, user, channel, 'notification_channel.delivery_retried', { event })
  })
  await deps.jobs.add('notify', {}, { key: noticesKey })
  await deps.events.publish({ topic: 'notification', id: channelId })
}
