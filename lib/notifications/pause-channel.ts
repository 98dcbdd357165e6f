import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import type { Deps } from '../deps'
import { auditChannel, lockChannel } from './channel-audit'
import { channelFields, parseChannelInput } from './channel-input'
import { giveUpWaiting } from './settle-delivery'

const inputSchema = z.object({ channelId: channelFields.channelId })

/**
 * Sends nothing to a channel until it is resumed; role admin. What waited is given up and can be tried again from the log;
 * what happens meanwhile is not sent later.
 *
 * @returns how many deliveries were given up
 * @throws PatchbayError `forbidden`, `not_found`
 */
export async function pauseChannel(deps: Deps, actor: Actor, input: unknown): Promise<{ givenUp: number }> {
  const user = requireRole(actor, 'admin')
  const { channelId } = parseChannelInput(inputSchema, input)
  const givenUp = await deps.db.$transaction(async (tx) => {
    const channel = await lockChannel(tx, channelId)
    if (channel.pausedAt) return 0
    await tx.notificationChannel.update({
      where: { id: channelId },
      data: { pausedAt: deps.clock.now(), pausedReason: null },
      select: { id: true },
    })
    const count = await giveUpWaiting(tx, deps, channelId, 'The channel was paused before it was sent.')
    await auditChannel(tx, deps, user, channel, 'notification_channel.paused', { givenUp: count })
    return count
  })
  await deps.events.publish({ topic: 'notification', id: channelId })
  return { givenUp }
}

/** Sends to a channel again what happens from now on; role admin. @throws PatchbayError `forbidden`, `not_found` */
export async function resumeChannel(deps: Deps, actor: Actor, input: unknown): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { channelId } = parseChannelInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const channel = await lockChannel(tx, channelId)
    if (!channel.pausedAt) return
    await tx.notificationChannel.update({
      where: { id: channelId },
      data: { pausedAt: null, pausedReason: null },
      select: { id: true },
    })
    await auditChannel(tx, deps, user, channel, 'notification_channel.resumed')
  })
  await deps.events.publish({ topic: 'notification', id: channelId })
}
