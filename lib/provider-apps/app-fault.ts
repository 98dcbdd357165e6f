import type { Db } from '../db/client'
import type { Deps } from '../deps'
import type { FailureWords } from '../providers/contract'

/**
 * Marks a provider app whose credentials the provider refuses; the connections themselves stay as they are. The first
 * refusal of a run gives the instant, the newest gives the words.
 */
export async function markAppFault(
  tx: Pick<Db, 'providerApp'>,
  deps: Pick<Deps, 'clock'>,
  appId: string,
  failure: FailureWords,
): Promise<void> {
  await tx.providerApp.updateMany({
    where: { id: appId, faultAt: null },
    data: { faultAt: deps.clock.now() },
  })
  await tx.providerApp.updateMany({
    where: { id: appId },
    data: { faultCode: failure.code, faultWords: failure.words },
  })
}

/** What waits for the app's credentials is tried again over this long, so that a thousand connections do not come at once. */
const spreadS = 60

/**
 * Clears the mark after a passed check or any successful token call, and plans the app's waiting connections within a minute.
 *
 * @returns whether there was a mark
 */
export async function clearAppFault(
  db: Pick<Db, 'providerApp' | '$executeRaw'>,
  deps: Pick<Deps, 'clock'>,
  appId: string,
): Promise<boolean> {
  const cleared = await db.providerApp.updateMany({
    where: { id: appId, faultAt: { not: null } },
    data: { faultAt: null, faultCode: null, faultWords: null },
  })
  if (cleared.count === 0) return false
  await db.$executeRaw`
    UPDATE connection SET failure_count = 0, failure_at = NULL, failure_code = NULL, failure_words = NULL,
      next_attempt_at = ${deps.clock.now()}::timestamptz + random() * ${spreadS} * interval '1 second'
    WHERE app_id = ${appId} AND lifecycle = 'live' AND failure_count > 0 AND retrying_since IS NULL
      AND suspended_at IS NULL AND needs_reconnect_at IS NULL AND uncertain_at IS NULL`
  return true
}

/**
 * Notes that a token call has shown an app's credentials to be right. It comes after the commit of the tokens and outside
 * their transaction: it touches rows that other rotations hold, and nothing here may cost a pair. Never throws.
 */
export async function noteAppWorks(
  deps: Pick<Deps, 'db' | 'clock' | 'events' | 'log'>,
  appId: string,
): Promise<void> {
  try {
    if (await clearAppFault(deps.db, deps, appId)) await deps.events.publish({ topic: 'app', id: appId })
  } catch (error) {
    deps.log.warn({ err: error, appId }, 'the mark of a provider app was not cleared')
  }
}
