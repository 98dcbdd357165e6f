import { exclusively } from '../db/exclusively'
import type { Deps } from '../deps'
import { planFirstUses } from '../jobs/plan-first-uses'
import { planOverdue } from '../jobs/plan-overdue'
import { warnKeys } from './warn-keys'
import { warnReconnect } from './warn-reconnect'

/** Any number that no other program of this database uses. */
const sweepLock = 7_272_006

/**
 * Finds what the queue does not know of: calls whose process died, pairs that nothing renews at their end, rotations that are
 * overdue without a job, pairs that were never used, clocks that run out. Everything it finds is a fact of the database, so it
 * may be cut off at any point and run again; one process at a time is enough. A step that fails keeps no other from its turn.
 *
 * @returns false when another process is at it
 */
export function sweep(deps: Deps): Promise<boolean> {
  return exclusively(deps.db, sweepLock, async () => {
    await step(deps, 'lost calls', recoverLostCalls)
    await step(deps, 'ended pairs', noticeEnds)
    await step(deps, 'overdue rotations', planOverdue)
    await step(deps, 'first uses', planFirstUses)
    await step(deps, 'clocks that run out', warnReconnect)
    await step(deps, 'API keys that end soon', warnKeys)
  })
}

async function step(deps: Deps, words: string, work: (deps: Deps) => Promise<unknown>): Promise<void> {
  try {
    const found = await work(deps)
    if (found) deps.log.info({ found }, `the sweep found ${words}`)
  } catch (error) {
    deps.log.warn({ err: error }, `the sweep could not look for ${words}`)
  }
}

/**
 * An open journal row without a lease is a call whose process died before it stored the answer: the provider may have spent
 * the refresh token, so the connection is due now, whatever was planned. The row says so from then on and stays open, since
 * only the next call tells what became of it; so each is found once.
 */
function recoverLostCalls({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  return db.$executeRaw`
    WITH lost AS (
      UPDATE rotation_journal AS entry
      SET failure_code = 'answer_lost', failure_words = 'The process ended before it could store an answer.'
      WHERE entry.outcome = 'open' AND entry.failure_code IS NULL AND NOT EXISTS (
        SELECT 1 FROM rotation_lease AS lease
        WHERE lease.connection_id = entry.connection_id AND lease.until > clock_timestamp())
      RETURNING entry.connection_id
    )
    UPDATE connection SET next_attempt_at = ${clock.now()}::timestamptz - interval '1 minute'
    WHERE id IN (SELECT connection_id FROM lost)
      AND lifecycle = 'live' AND needs_reconnect_at IS NULL AND uncertain_at IS NULL`
}

/** Pairs that nothing can renew are planned for nothing; their end asks for a person, which a rotation finds out. */
function noticeEnds({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = clock.now()
  return db.$executeRaw`
    UPDATE connection SET next_attempt_at = ${now}::timestamptz - interval '1 minute'
    FROM provider_app AS app
    WHERE app.id = connection.app_id AND app.hidden_at IS NULL
      AND connection.lifecycle = 'live' AND connection.own_status = 'healthy'
      AND connection.next_attempt_at IS NULL AND connection.access_expires_at <= ${now}`
}
