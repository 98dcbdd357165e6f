import { type AuditEntry, writeAudit } from '../audit/write-audit'
import type { UserActor } from '../core/actor'
import type { Tx } from '../db/client'
import { notifyWithin } from '../db/notify-within'
import type { Deps } from '../deps'

/** The audit trail's names for what happens to API keys. */
export type KeyAction = 'api_key.created' | 'api_key.changed' | 'api_key.revoked'

/** The row of the trail and the news to all processes, both with the commit of the caller's transaction. `detail` holds no secret. */
export async function auditKey(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  user: UserActor,
  key: { id: string; name: string },
  action: KeyAction,
  detail: AuditEntry['detail'],
): Promise<void> {
  await writeAudit(tx, deps, user, { action, subject: { kind: 'api_key', ...key }, detail })
  await notifyWithin(tx, { topic: 'api_key', id: key.id })
}
