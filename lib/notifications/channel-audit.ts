import { type AuditEntry, writeAudit } from '../audit/write-audit'
import type { UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'

/** The audit trail's names for what happens to notification channels. */
export type ChannelAction =
  | 'notification_channel.added'
  | 'notification_channel.changed'
  | 'notification_channel.secret_replaced'
  | 'notification_channel.paused'
  | 'notification_channel.resumed'
  | 'notification_channel.removed'
  | 'notification_channel.tested'
  | 'notification_channel.delivery_retried'

/** One row about one channel, in the caller's transaction. `detail` holds no secret and no whole URL. */
export async function auditChannel(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  user: UserActor,
  channel: { id: string; name: string },
  action: ChannelAction,
  detail: AuditEntry['detail'] = {},
): Promise<void> {
  await writeAudit(tx, deps, user, {
    action,
    subject: { kind: 'notification_channel', id: channel.id, name: channel.name },
    detail,
  })
}

export type LockedChannel = {
  id: string
  kind: 'email' | 'webhook'
  name: string
  pausedAt: Date | null
}

/**
 * The channel, held until the transaction ends.
 *
 * @throws PatchbayError `not_found` for one that is not there or was removed
 */
export async function lockChannel(tx: Tx, channelId: string): Promise<LockedChannel> {
  const [channel] = await tx.$queryRaw<LockedChannel[]>`
    SELECT id, kind::text AS kind, name, paused_at AS "pausedAt" FROM notification_channel
    WHERE id = ${channelId} AND removed_at IS NULL FOR UPDATE`
  if (!channel) throw new PatchbayError('not_found', 'There is no such channel any more.')
  return channel
}
