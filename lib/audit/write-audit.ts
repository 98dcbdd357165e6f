import type { Actor } from '../core/actor'
import { actorName } from '../core/actor'
import { newId } from '../core/ids'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'

export type AuditSubject = {
  kind:
    | 'connection'
    | 'install'
    | 'provider_app'
    | 'flow'
    | 'user'
    | 'session'
    | 'setting'
    | 'notification_channel'
    | 'api_key'
  id: string
  name: string
}

export type AuditEntry = {
  /** `noun.verb_in_the_past`, such as `connection.disconnected`. */
  action: string
  subject: AuditSubject
  connectionId?: string | null
  /** Facts for a reader of the trail; never a secret. */
  detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

/** Writes one row of the audit trail inside the caller's transaction, so that there is no change without its row. */
export async function writeAudit(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  actor: Actor,
  { action, subject, connectionId, detail }: AuditEntry,
): Promise<void> {
  const at = deps.clock.now()
  await tx.auditEvent.create({
    data: {
      id: newId('audit', at.getTime(), deps.random.bytes(10)),
      at,
      actorKind: actor.kind,
      actorId: actorId(actor),
      actorName: actorName(actor),
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectName: subject.name,
      connectionId: connectionId ?? (subject.kind === 'connection' ? subject.id : null),
      detail: { ...detail },
    },
  })
}

function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case 'user':
    case 'key':
      return actor.id
    case 'provider':
      return actor.provider
    case 'visitor':
    case 'system':
      return null
  }
}
