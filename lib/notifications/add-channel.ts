import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { auditChannel } from './channel-audit'
import { addressesOf, channelFields, parseChannelInput, targetSchema, targetWords } from './channel-input'
import { newChannelSecret, sealChannelSecret } from './channel-secret'

const inputSchema = z.intersection(
  z.object({ name: channelFields.name, events: channelFields.events }),
  targetSchema,
)

/**
 * Adds a place where people are told; role admin. It is told of what happens from now on.
 *
 * @param input `name`, `events` (empty: every kind), `kind` with `recipients` or `url`
 * @returns a webhook's signing secret, to be shown this once; `null` for mail
 * @throws PatchbayError `forbidden`, `invalid_input` with `field`, `conflict` for mail without a mail server
 */
export async function addChannel(
  deps: Deps,
  actor: Actor,
  input: unknown,
): Promise<{ channelId: string; secret: Secret | null }> {
  const user = requireRole(actor, 'admin')
  const { name, events, ...target } = parseChannelInput(inputSchema, input)
  if (target.kind === 'email' && !deps.mail) {
    throw new PatchbayError('conflict', 'Set SMTP_URL and MAIL_FROM and restart: mail needs a server.')
  }
  const addresses = addressesOf(target)
  const now = deps.clock.now()
  const id = newId('channel', now.getTime(), deps.random.bytes(10))
  const secret = target.kind === 'webhook' ? newChannelSecret(deps) : null
  await deps.db.$transaction(async (tx) => {
    await tx.notificationChannel.create({
      data: {
        id,
        kind: target.kind,
        name,
        addresses,
        events,
        secretSealed: secret && sealChannelSecret(deps, id, secret),
        createdAt: now,
      },
      select: { id: true },
    })
    const detail = { kind: target.kind, to: targetWords(addresses), events }
    await auditChannel(tx, deps, user, { id, name }, 'notification_channel.added', detail)
  })
  await deps.events.publish({ topic: 'notification', id })
  return { channelId: id, secret }
}
