import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { auditChannel, lockChannel } from './channel-audit'
import { channelFields, parseChannelInput } from './channel-input'
import { moveToPrevious, newChannelSecret, sealChannelSecret } from './channel-secret'

const inputSchema = z.object({ channelId: channelFields.channelId })

/**
 * Makes a new signing secret for a webhook; role admin. The one before signs beside it for 24 hours more.
 *
 * @returns the secret, to be shown this once
 * @throws PatchbayError `forbidden`, `not_found`, `conflict` for a channel that signs nothing
 */
export async function replaceChannelSecret(
  deps: Deps,
  actor: Actor,
  input: unknown,
): Promise<{ secret: Secret }> {
  const user = requireRole(actor, 'admin')
  const { channelId } = parseChannelInput(inputSchema, input)
  const secret = newChannelSecret(deps)
  await deps.db.$transaction(async (tx) => {
    const channel = await lockChannel(tx, channelId)
    if (channel.kind !== 'webhook') throw new PatchbayError('conflict', 'Mail is not signed with a secret.')
    const { secretSealed } = await tx.notificationChannel.findUniqueOrThrow({
      where: { id: channelId },
      select: { secretSealed: true },
    })
    await tx.notificationChannel.update({
      where: { id: channelId },
      data: {
        secretSealed: sealChannelSecret(deps, channelId, secret),
        previousSecretSealed: secretSealed && moveToPrevious(deps, channelId, secretSealed),
        secretReplacedAt: deps.clock.now(),
      },
      select: { id: true },
    })
    await auditChannel(tx, deps, user, channel, 'notification_channel.secret_replaced')
  })
  await deps.events.publish({ topic: 'notification', id: channelId })
  return { secret }
}
