import { writeAudit } from '../audit/write-audit'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { announce } from '../notifications/announce'
import { databaseDifference } from './database-difference'
import { type DatabaseFacts, readDatabaseFacts } from './database-facts'
import { databaseSubject, type Identity, lockIdentity, writeIdentity } from './instance-identity'

const system = { kind: 'system', name: 'Patchbay' } as const

export type Hold = { since: Date; reason: string }

type Known = { hold: Hold | null; change: 'held' | 'lifted' | null }

/**
 * Compares the database with what it knows of itself, before anything of it is used. One that differs is taken for a copy, and
 * holds its rotations until a person lets it go on (`letDatabaseGoOn`), or until it is found as it was again. It is announced,
 * also because after a disaster the restored copy may be the only one there is.
 *
 * @returns since when and why rotations are held, `null` when they are not
 */
export async function knowDatabase(
  deps: Pick<Deps, 'sql' | 'config' | 'db' | 'clock' | 'random' | 'events' | 'log'>,
): Promise<Hold | null> {
  const found = await readDatabaseFacts(deps)
  const { hold, change } = await deps.db.$transaction((tx) => compare(tx, deps, found))
  if (hold)
    deps.log.warn({ since: hold.since, reason: hold.reason }, 'the database is a copy: rotations are held')
  if (change === 'lifted') deps.log.info({}, 'the database is found as it was: rotations are no longer held')
  if (change) await deps.events.publish({ topic: 'instance', id: databaseSubject.id })
  return hold
}

async function compare(tx: Tx, deps: Pick<Deps, 'clock' | 'random'>, found: DatabaseFacts): Promise<Known> {
  const known = await lockIdentity(tx, found)
  const reason = databaseDifference(known, found)
  if (reason) return hold(tx, deps, known, found, reason)
  await writeIdentity(tx, known, found)
  if (!known.heldAt) return { hold: null, change: null }
  await writeAudit(tx, deps, system, {
    action: 'database.hold_lifted',
    subject: { kind: 'setting', ...databaseSubject },
    detail: { since: known.heldAt.toISOString() },
  })
  return { hold: null, change: 'lifted' }
}

/** A later start of the same copy says why as it is found now; since when stays, and nothing is announced twice. */
async function hold(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  known: Identity,
  found: DatabaseFacts,
  reason: string,
): Promise<Known> {
  const since = known.heldAt ?? deps.clock.now()
  await tx.instanceIdentity.update({ where: { id: 1 }, data: { heldAt: since, heldReason: reason } })
  if (known.heldAt) return { hold: { since, reason }, change: known.heldReason === reason ? null : 'held' }
  const detail = { address: found.appUrl, reason }
  await writeAudit(tx, deps, system, {
    action: 'database.held',
    subject: { kind: 'setting', ...databaseSubject },
    detail,
  })
  await announce(tx, deps, {
    kind: 'database.held',
    dedupeKey: `database.held:${since.toISOString()}:${found.appUrl}`,
    subject: { kind: 'instance', ...databaseSubject },
    detail,
  })
  return { hold: { since, reason }, change: 'held' }
}
