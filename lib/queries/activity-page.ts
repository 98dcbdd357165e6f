import { type Actor, requireRole } from '../core/actor'
import type { Deps } from '../deps'
import {
  type ActorKind,
  type AuditEntryView,
  actorKinds,
  auditEntries,
  auditSelect,
  type SubjectKind,
  subjectKinds,
} from './audit-entry'
import { readNewestFirst, readPlace } from './newest-first'

const pageSize = 50

export type ActivityPage = {
  /** As they are applied: a value that is none of the known ones filters nothing. */
  filters: { actor: ActorKind | null; subject: SubjectKind | null }
  entries: AuditEntryView[]
  newerThan: string | null
  olderThan: string | null
}

/**
 * The audit trail, newest first.
 *
 * @param params of the URL: `actor`, `subject`, `older`, `newer`
 * @throws PatchbayError `forbidden`
 */
export async function activityPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  params: Readonly<Record<string, unknown>>,
): Promise<ActivityPage> {
  requireRole(actor, 'viewer')
  const filters = {
    actor: actorKinds.find((kind) => kind === params.actor) ?? null,
    subject: subjectKinds.find((kind) => kind === params.subject) ?? null,
  }
  const page = await readNewestFirst(readPlace(params), pageSize, ({ id, orderBy, take }) =>
    deps.db.auditEvent.findMany({
      where: {
        ...(id ? { id } : {}),
        ...(filters.actor ? { actorKind: filters.actor } : {}),
        ...(filters.subject ? { subjectKind: filters.subject } : {}),
      },
      orderBy,
      take,
      select: auditSelect,
    }),
  )
  const { newerThan, olderThan } = page
  return { filters, entries: await auditEntries(deps, page.rows), newerThan, olderThan }
}
