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

/**
 * Clears the mark after a passed check or any successful token call, and lets the app's waiting connections try at once.
 *
 * @returns whether there was a mark
 */
export async function clearAppFault(
  tx: Pick<Db, 'providerApp' | 'connection'>,
  appId: string,
): Promise<boolean> {
  const cleared = await tx.providerApp.updateMany({
    where: { id: appId, faultAt: { not: null } },
    data: { faultAt: null, faultCode: null, faultWords: null },
  })
  if (cleared.count === 0) return false
  await tx.connection.updateMany({
    where: { appId, lifecycle: 'live', failureCount: { gt: 0 }, retryingSince: null, suspendedAt: null },
    data: { failureCount: 0, nextAttemptAt: null, failureAt: null, failureCode: null, failureWords: null },
  })
  return true
}
