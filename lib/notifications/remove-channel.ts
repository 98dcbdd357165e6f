import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import type { Deps } from '../deps'
import { auditChannel, lockChannel } from './channel-audit'
import { channelFields, parseChannelInput } from './channel-input'
import { giveUpWaiting } from './settle-delivery'

const inputSchema = z.object({ channelId: channelFields.channelId })

/**
 * Ends a channel and erases its secret; role admin. Its deliveries stay in the log.
 *
 * @throws PatchbayError `forbidden`, `not_found`
 */
export async function removeChannel(deps: Deps, actor: Actor, input: unknown): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { channelId } = parseChannelInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const channel = await lockChannel(tx, channelId)
    await tx.notificationChannel.update({
      where: { id: channelId },
      data: { removedAt: deps.clock.now(), secretSealed: null, previousSecretSealed: null },
      select: { id: true },
    })
    const givenUp = await giveUpWaiting(tx, deps, channelId, 'The channel was removed before it was sent.')
    await auditChannel(tx, deps, user, channel, 'notification_channel.removed', { givenUp })
  })
  await deps.events.publish({ topic: 'notification', id: channelId })
}
