import type { ConnectionStatus } from '../core/status'
import type { Db } from '../db/client'
import type { Deps } from '../deps'
import { announce } from '../notifications/announce'

type Told = { id: string; provider: string; label: string | null; accountName: string }

/** A connection as it was before its status changed. */
type Changed = Told & { lastSuccessAt: Date | null }

type Stamp = Pick<Deps, 'clock' | 'random'>

const kinds = {
  needs_reconnect: 'connection.needs_reconnect',
  uncertain: 'connection.uncertain',
  suspended: 'connection.suspended',
} as const

/**
 * Tells people that a connection needs one of them, or waits for its provider, in the transaction that makes it so.
 * They are not told twice of one end: it may have been taken back when the provider was in trouble, and be believed after that.
 *
 * @param status the one it has now; none but these three are told
 * @param failure why, in redacted words
 */
export async function announceStatus(
  tx: Pick<Db, 'notification'>,
  deps: Stamp,
  connection: Changed,
  status: ConnectionStatus,
  failure: { code: string | null; words: string | null },
): Promise<void> {
  if (status !== 'needs_reconnect' && status !== 'uncertain' && status !== 'suspended') return
  const kind = kinds[status]
  const newest = await newestWord(tx, connection.id)
  if (newest?.kind === kind && connection.lastSuccessAt && newest.at > connection.lastSuccessAt) return
  await announce(tx, deps, {
    kind,
    dedupeKey: `${kind}:${connection.id}:${deps.clock.now().toISOString()}`,
    subject: subjectOf(connection),
    detail: { provider: connection.provider, ...failure },
  })
}

/** Tells people that a connection they were told of is healthy again; once, and nothing where they were told nothing. */
export async function announceRecovery(
  tx: Pick<Db, 'notification'>,
  deps: Stamp,
  connection: Told,
): Promise<void> {
  const newest = await newestWord(tx, connection.id)
  if (!newest || newest.kind === 'connection.recovered') return
  await announce(tx, deps, {
    kind: 'connection.recovered',
    dedupeKey: `connection.recovered:${connection.id}:${newest.id}`,
    subject: subjectOf(connection),
    detail: { provider: connection.provider, since: newest.at.toISOString() },
  })
}

function newestWord(tx: Pick<Db, 'notification'>, subjectId: string) {
  return tx.notification.findFirst({
    where: { subjectId, kind: { in: [...Object.values(kinds), 'connection.recovered'] } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, kind: true, at: true },
  })
}

function subjectOf({ id, label, accountName }: Told) {
  return { kind: 'connection', id, name: label ?? accountName } as const
}
