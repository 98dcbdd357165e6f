import { type AuditEntry, writeAudit } from '../audit/write-audit'
import type { UserActor } from '../core/actor'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'

/** The audit trail's names for what happens to provider apps. */
export type AppAction =
  | 'provider_app.created'
  | 'provider_app.updated'
  | 'provider_app.secret_replaced'
  | 'provider_app.secret_erased'
  | 'provider_app.key_made'
  | 'provider_app.key_imported'
  | 'provider_app.checked'
  | 'provider_app.removed'

/** One row about one app, in the caller's transaction. `detail` names fields and facts, never a secret. */
export async function auditApp(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  user: UserActor,
  app: { id: string; name: string },
  action: AppAction,
  detail: AuditEntry['detail'] = {},
): Promise<void> {
  await writeAudit(tx, deps, user, {
    action,
    subject: { kind: 'provider_app', id: app.id, name: app.name },
    detail,
  })
}
