import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { planAgain } from '../provider-apps/plan-again'
import { readDatabaseFacts } from './database-facts'
import { databaseSubject, lockIdentity, writeIdentity } from './instance-identity'

/**
 * "Go on with this database": a person says that the original has stopped, or that there never was another. What is found now
 * is what the database knows of itself from here on, its connections are planned anew, and each one's access token is tried
 * before its refresh token is spent (`probeFirst`).
 *
 * @throws PatchbayError `forbidden`, `conflict` when rotations are not held
 */
export async function letDatabaseGoOn(deps: Deps, actor: Actor): Promise<void> {
  const user = requireRole(actor, 'admin')
  const found = await readDatabaseFacts(deps)
  const plans = await deps.db.$transaction(async (tx) => {
    const known = await lockIdentity(tx, found)
    if (!known.heldAt) throw new PatchbayError('conflict', 'Rotations are not held: this database goes on.')
    await writeIdentity(tx, known, found)
    const connections = await probeEachFirst(tx)
    await writeAudit(tx, deps, user, {
      action: 'database.let_go_on',
      subject: { kind: 'setting', ...databaseSubject },
      detail: { since: known.heldAt.toISOString(), reason: known.heldReason, connections },
    })
    return planAgain(tx, deps, 'everything')
  })
  // What is not queued here is found by the sweep.
  await deps.jobs
    .planRotations(plans)
    .catch((error) => deps.log.warn({ err: error }, 'the connections of a copy were not queued'))
  await deps.events.publish({ topic: 'instance', id: databaseSubject.id })
  await deps.events.publish({ topic: 'connection', id: '*' })
}

/** Those that wait to be accepted too: their pairs come from the original as well. In the order of their ids. */
function probeEachFirst(tx: Tx): Promise<number> {
  return tx.$executeRaw`
    WITH copied AS (
      SELECT connection.id FROM connection JOIN token_pair AS pair ON pair.connection_id = connection.id
      WHERE connection.lifecycle IN ('live', 'pending')
      ORDER BY connection.id FOR NO KEY UPDATE OF connection
    )
    UPDATE connection SET probe_first = true FROM copied WHERE connection.id = copied.id`
}
