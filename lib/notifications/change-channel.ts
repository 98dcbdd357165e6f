import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { auditChannel, lockChannel } from './channel-audit'
import { addressesOf, channelFields, parseChannelInput, targetSchema, targetWords } from './channel-input'

const inputSchema = z.intersection(
  z.object({ channelId: channelFields.channelId, name: channelFields.name, events: channelFields.events }),
  targetSchema,
)

/**
 * Changes name, addresses and kinds of event of a channel; role admin. What waits to be sent goes to the new address.
 *
 * @param input `channelId` and all that `addChannel` takes; the kind of a channel stays
 * @throws PatchbayError `forbidden`, `invalid_input` with `field`, `not_found`
 */
export async function changeChannel(deps: Deps, actor: Actor, input: unknown): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { channelId, name, events, ...target } = parseChannelInput(inputSchema, input)
  const addresses = addressesOf(target)
  await deps.db.$transaction(async (tx) => {
    const channel = await lockChannel(tx, channelId)
    if (channel.kind !== target.kind) {
      throw new PatchbayError('invalid_input', 'The kind of a channel cannot be changed.', { field: 'kind' })
    }
    await tx.notificationChannel.update({
      where: { id: channelId },
      data: { name, addresses, events },
      select: { id: true },
    })
    const detail = { before: channel.name, to: targetWords(addresses), events }
    await auditChannel(tx, deps, user, { id: channelId, name }, 'notification_channel.changed', detail)
  })
  await deps.events.publish({ topic: 'notification', id: channelId })
}
