import type { Deps } from '../deps'
import { type AuditFact, auditFacts, auditWords } from './audit-words'

export const actorKinds = ['user', 'key', 'provider', 'system', 'visitor'] as const
export const subjectKinds = [
  'connection',
  'install',
  'provider_app',
  'flow',
  'user',
  'session',
  'setting',
  'notification_channel',
  'api_key',
] as const
export type ActorKind = (typeof actorKinds)[number]
export type SubjectKind = (typeof subjectKinds)[number]

/** One entry of the audit trail, as a sentence with links. */
export type AuditEntryView = {
  id: string
  at: Date
  actorKind: string
  actorName: string
  /** Reads on from the actor's name: "renamed". */
  what: string
  /** The stored action, to search logs for. */
  action: string
  subjectName: string
  /** `null` where the subject has no page of its own (any more). */
  href: string | null
  facts: AuditFact[]
}

export const auditSelect = {
  id: true,
  at: true,
  actorKind: true,
  actorName: true,
  action: true,
  subjectKind: true,
  subjectId: true,
  subjectName: true,
  connectionId: true,
  detail: true,
} as const

type AuditRow = {
  id: string
  at: Date
  actorKind: string
  actorName: string
  action: string
  subjectKind: string
  subjectId: string
  subjectName: string
  connectionId: string | null
  detail: unknown
}

/** Rows of the trail as entries; a link is made only to what still exists. */
export async function auditEntries(
  deps: Pick<Deps, 'db'>,
  rows: readonly AuditRow[],
): Promise<AuditEntryView[]> {
  const targets = rows.map(linkTarget)
  const ids = (kind: Target['kind']) => [
    ...new Set(targets.flatMap((target) => (target?.kind === kind ? [target.id] : []))),
  ]
  const select = { id: true } as const
  const [connections, apps, flows, channels, keys] = await Promise.all([
    deps.db.connection.findMany({ where: { id: { in: ids('connection') } }, select }),
    deps.db.providerApp.findMany({ where: { id: { in: ids('app') }, hiddenAt: null }, select }),
    deps.db.connectFlow.findMany({ where: { id: { in: ids('flow') } }, select }),
    deps.db.notificationChannel.findMany({ where: { id: { in: ids('channel') }, removedAt: null }, select }),
    deps.db.apiKey.findMany({ where: { id: { in: ids('key') } }, select }),
  ])
  const living = new Set([...connections, ...apps, ...flows, ...channels, ...keys].map((row) => row.id))
  return rows.map((row, index) => {
    const target = targets[index]
    return {
      id: row.id,
      at: row.at,
      actorKind: row.actorKind,
      actorName: row.actorName,
      what: auditWords(row.action, row.actorKind),
      action: row.action,
      subjectName: row.subjectName,
      href: target && living.has(target.id) ? `${paths[target.kind]}/${target.id}` : null,
      facts: auditFacts(row.detail),
    }
  })
}

type Target = { kind: 'connection' | 'app' | 'flow' | 'channel' | 'key'; id: string }
const paths: Record<Target['kind'], string> = {
  connection: '/connections',
  app: '/providers',
  flow: '/connect',
  channel: '/settings/notifications',
  key: '/settings/api-keys',
}

function linkTarget(row: AuditRow): Target | null {
  if (row.connectionId) return { kind: 'connection', id: row.connectionId }
  if (row.subjectKind === 'provider_app') return { kind: 'app', id: row.subjectId }
  if (row.subjectKind === 'notification_channel') return { kind: 'channel', id: row.subjectId }
  if (row.subjectKind === 'api_key') return { kind: 'key', id: row.subjectId }
  return row.subjectKind === 'flow' ? { kind: 'flow', id: row.subjectId } : null
}
